"""Anybody's workbook in, sheets of text out, within limits.

The reader of workbooks is compiled code: a small file can make it abort, hang or fill the memory.
So `apart` reads each workbook in a process of its own, with limits, and checks what that answers.
`process` is that process, `reading` what it does, and `problems` why a workbook was not read.
"""
