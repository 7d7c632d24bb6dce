"""Published files from their publishers: found by the publisher's own interface, and downloaded.

`catalogue` declares what can be had. `finding` asks the publisher (`govuk`, `ons`) and takes the
one file that matches (`choosing`). `downloading` brings it, and `keeping` puts it in its place with
a record of where it came from (`recording`). All requests go through `asking`, which keeps to the
publisher's hosts, waits between requests and tries again, over one function that knows the network
(`transport`); `remembering` keeps the answers until the next hour of release.

The addresses and the shapes of the answers are those that the publishers' interfaces were known by
when this was written. A page that has changed its form is an error that says which page to open.
"""
