// Package ledger keeps a file of notes that is only appended to, and of which a crash takes at
// most the last one.
//
// The front door is [Create] and [Open], which reads the notes that are there, and
// [Ledger.Append], which returns when a note is on the disk.
//
// # Vocabulary
//
//	note  a JSON value; what it says is the caller's business
//	line  a note in the file: the CRC-32C of its text in hex, a space, the text, a line feed
//	torn  a line that was not written whole, or not as it was meant
//
// # Design notes
//
// Reading stops at the first torn line, even if there are whole ones after it: notes build on each
// other. A ledger is text so that people can look at it when something has gone wrong.
package ledger
