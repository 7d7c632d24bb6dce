"""Comparisons put into English: labels, sentences, notes, captions and the methods explained."""
