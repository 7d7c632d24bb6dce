"""The sheets of a page to hand over: each fact once, by the strongest method there is."""
