// Package weburl parses and writes URLs as the WHATWG URL Standard says and as Node 20 does it.
//
// The front door is [Parse]; a [URL] has a setter for each part that JavaScript may assign, and
// [Pairs] is the list behind URLSearchParams.
//
// # Vocabulary
//
//	base         the URL that a relative reference is resolved against
//	special      a scheme whose URLs must have a host: http, https, ws, wss, ftp, file
//	opaque path  the path of a URL such as mailto:a@b: text, not segments
//	pairs        names and values of a query, decoded
//
// # What it refuses to do
//
// It reports no validation errors: a URL is valid or it is not. It decodes no text encoding other
// than UTF-8, for queries either. Input must be valid UTF-8; JavaScript's lone surrogates become
// U+FFFD before they come here, as the standard's USVString asks.
//
// # Design notes
//
// The standard's state machine is written as one function per state that consumes what belongs to
// it, so that each byte is looked at about twice. The list of path segments is kept as the text
// it is written as: "/a/b" for [a b], "/" for one empty segment, "" for none. That mapping is
// one-to-one, since no segment contains a slash.
//
// Where the standard changed after Node 20, Node 20 is followed: ^ stays as it is in paths, and
// spaces at the end of an opaque path vanish when the query and the fragment are removed.
//
// Host names are mapped with the tables of golang.org/x/net/idna, which are those of Unicode 15;
// names with characters assigned later are refused.
package weburl
