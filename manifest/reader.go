package manifest

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"
)

type kind uint8

const (
	kindNull kind = iota
	kindBool
	kindNumber
	kindString
	kindArray
	kindObject
)

func (k kind) String() string {
	return [...]string{"null", "boolean", "number", "string", "array", "object"}[k]
}

// node is one JSON value and where it stands.
type node struct {
	kind    kind
	offset  int      // of its first byte
	raw     string   // null, boolean, number, string: its text, quotes included
	text    string   // string: what it says
	members []member // object: in order, duplicates included
	items   []*node  // array
}

type member struct {
	name   string
	offset int // of the name's opening quote
	value  *node
}

// isTrue reports whether n is the literal true.
func (n *node) isTrue() bool { return n.raw == "true" }

// last returns the members that count: of each name the last one, in order.
func (n *node) last() []member {
	if len(n.members) < 2 {
		return n.members
	}
	at := make(map[string]int, len(n.members))
	for i, m := range n.members {
		at[m.name] = i
	}
	if len(at) == len(n.members) {
		return n.members
	}
	var out []member
	for i, m := range n.members {
		if at[m.name] == i {
			out = append(out, m)
		}
	}
	return out
}

// member returns the value of the last member of that name, nil if there is none or it is null.
func (n *node) member(name string) *node {
	for i := len(n.members) - 1; i >= 0; i-- {
		if m := n.members[i]; m.name == name {
			if m.value.kind == kindNull {
				return nil
			}
			return m.value
		}
	}
	return nil
}

// json returns n as compact, valid UTF-8 JSON. Numbers and escapes keep their spelling.
func (n *node) json() json.RawMessage { return n.append(nil) }

func (n *node) append(b []byte) []byte {
	switch n.kind {
	case kindArray:
		b = append(b, '[')
		for i, item := range n.items {
			b = item.append(comma(b, i))
		}
		return append(b, ']')
	case kindObject:
		b = append(b, '{')
		for i, m := range n.members {
			b = append(appendString(comma(b, i), m.name), ':')
			b = m.value.append(b)
		}
		return append(b, '}')
	default:
		return append(b, strings.ToValidUTF8(n.raw, "\uFFFD")...)
	}
}

func comma(b []byte, i int) []byte {
	if i == 0 {
		return b
	}
	return append(b, ',')
}

// syntaxProblem is a place where a text is not JSON.
type syntaxProblem struct {
	offset  int
	at      *place
	code    string
	message string
}

// maxMends is the number of comments, trailing and missing commas after which a text is given up.
const maxMends = 50

// reader reads one JSON text. It reports what is not JSON and goes on where the meaning is
// plain (mend) or stops (fail) and leaves what it has read so far.
type reader struct {
	src      string
	pos      int
	depth    int
	comma    int // position of the comma that separator passed over last, -1 if it found none
	at       *place
	failed   bool
	problems []syntaxProblem
}

// readJSON returns the value in src, nil if there is not even a beginning of one. It is the
// whole value unless failed is set.
func readJSON(src string) (value *node, problems []syntaxProblem, failed bool) {
	r := &reader{src: src}
	r.skip()
	if r.pos == len(src) && !r.failed {
		r.fail(CodeSyntax, "got an empty text, want JSON")
		return nil, r.problems, true
	}
	value = r.value()
	r.skip()
	if !r.failed && r.pos < len(src) {
		r.fail(CodeSyntax, "got "+r.here()+" after the end, want nothing more")
	}
	return value, r.problems, r.failed
}

func (r *reader) mend(offset int, code, message string) {
	r.problems = append(r.problems, syntaxProblem{offset, r.at, code, message})
	r.failed = r.failed || len(r.problems) >= maxMends
}

func (r *reader) fail(code, message string) {
	if !r.failed {
		r.mend(r.pos, code, message)
		r.failed = true
	}
}

// peek returns the next byte, 0 at the end and after a failure.
func (r *reader) peek() byte {
	if r.failed || r.pos >= len(r.src) {
		return 0
	}
	return r.src[r.pos]
}

// here names what stands at the reading position, for messages. It shows one character and
// never more, since a text may hold secrets.
func (r *reader) here() string {
	if r.pos >= len(r.src) {
		return "the end of the text"
	}
	c, _ := utf8.DecodeRuneInString(r.src[r.pos:])
	return fmt.Sprintf("%q", c)
}

// skip passes over white space, and over comments, which it reports.
func (r *reader) skip() {
	for {
		switch r.peek() {
		case ' ', '\t', '\r', '\n':
			r.pos++
		case '/':
			if !r.comment() {
				return
			}
		default:
			return
		}
	}
}

func (r *reader) comment() bool {
	rest, end := r.src[r.pos:], "\n"
	switch {
	case strings.HasPrefix(rest, "/*"):
		end = "*/"
	case !strings.HasPrefix(rest, "//"):
		return false
	}
	r.mend(r.pos, CodeComment, "got a comment, want JSON, which has none")
	length := strings.Index(rest[2:], end)
	if length < 0 {
		r.pos = len(r.src)
		return true
	}
	r.pos += 2 + length + len(end)
	return true
}

// value reads one value. It returns nil after a failure before the value's beginning.
func (r *reader) value() *node {
	r.skip()
	switch c := r.peek(); {
	case c == '{':
		return r.nested(kindObject, r.object)
	case c == '[':
		return r.nested(kindArray, r.array)
	case c == '"':
		return r.string()
	case c == '-' || c >= '0' && c <= '9':
		return r.number()
	default:
		return r.literal()
	}
}

func (r *reader) nested(k kind, read func(*node)) *node {
	if r.depth == MaxDepth {
		r.fail(CodeTooDeep, fmt.Sprintf("got more than %d levels of nesting", MaxDepth))
		return nil
	}
	n := &node{kind: k, offset: r.pos}
	r.pos++
	r.depth++
	read(n)
	r.depth--
	return n
}

func (r *reader) object(n *node) {
	at := r.at
	for !r.closed('}', len(n.members)) {
		name := r.name()
		if name == nil {
			break
		}
		r.at = at.member(name.text)
		value := r.afterColon()
		r.at = at
		if value != nil {
			n.members = append(n.members, member{name.text, name.offset, value})
		}
		r.separator('}')
	}
}

func (r *reader) array(n *node) {
	at := r.at
	for !r.closed(']', len(n.items)) {
		r.at = at.element(len(n.items))
		value := r.value()
		r.at = at
		if value != nil {
			n.items = append(n.items, value)
		}
		r.separator(']')
	}
}

// closed passes over a closing bracket and reports whether the container ends here, be it by
// a failure. One after a comma is reported.
func (r *reader) closed(bracket byte, count int) bool {
	r.skip()
	if r.failed {
		return true
	}
	if r.peek() != bracket {
		return false
	}
	if count > 0 && r.comma >= 0 {
		r.mend(r.comma, CodeTrailingComma, fmt.Sprintf("got a comma before %q, want none: JSON has no trailing commas", bracket))
	}
	r.pos++
	return true
}

// separator passes over the comma after a value and leaves a closing bracket for closed.
func (r *reader) separator(bracket byte) {
	end := r.pos
	r.comma = -1
	r.skip()
	c := r.peek()
	switch {
	case r.failed || c == bracket:
	case c == ',':
		r.comma = r.pos
		r.pos++
	case c == '"' || bracket == ']' && startsValue(c):
		r.mend(end, CodeMissingComma, fmt.Sprintf("got no comma before %q, want one", c))
	default:
		r.fail(CodeSyntax, fmt.Sprintf("got %s, want ',' or %q", r.here(), bracket))
	}
}

func startsValue(c byte) bool { return c != 0 && strings.IndexByte("{[-0123456789tfn", c) >= 0 }

func (r *reader) name() *node {
	if r.peek() != '"' {
		r.fail(CodeSyntax, "got "+r.here()+", want a member name in double quotes")
		return nil
	}
	return r.string()
}

func (r *reader) afterColon() *node {
	r.skip()
	if r.peek() != ':' {
		r.fail(CodeSyntax, "got "+r.here()+", want ':' and a value")
		return nil
	}
	r.pos++
	return r.value()
}

// string reads a string; nil if it has no end or holds what JSON does not allow.
func (r *reader) string() *node {
	start := r.pos
	for r.pos++; r.pos < len(r.src); r.pos++ {
		switch c := r.src[r.pos]; {
		case c == '"':
			r.pos++
			return r.unquoted(start)
		case c == '\\':
			if !r.escape() {
				return nil
			}
		case c < ' ':
			r.fail(CodeSyntax, fmt.Sprintf(`got %q inside a string, want it written as \n, \t or \u%04x`, c, c))
			return nil
		}
	}
	r.pos = start
	r.fail(CodeSyntax, "got a string without a closing quote")
	return nil
}

func (r *reader) unquoted(start int) *node {
	raw := r.src[start:r.pos]
	n := &node{kind: kindString, offset: start, raw: raw}
	if strings.IndexByte(raw, '\\') < 0 {
		n.text = strings.ToValidUTF8(raw[1:len(raw)-1], "\uFFFD")
		return n
	}
	_ = json.Unmarshal([]byte(raw), &n.text) // it is valid: its escapes were checked
	return n
}

// escape stands at a backslash and moves to the last byte of its escape.
func (r *reader) escape() bool {
	rest := r.src[r.pos+1:]
	switch {
	case rest != "" && strings.IndexByte(`"\/bfnrt`, rest[0]) >= 0:
		r.pos++
		return true
	case len(rest) >= 5 && rest[0] == 'u' && isHex(rest[1:5]):
		r.pos += 5
		return true
	}
	r.fail(CodeSyntax, `got a backslash that begins no escape; write \\ for a backslash`)
	return false
}

func isHex(s string) bool {
	return strings.Trim(s, "0123456789abcdefABCDEF") == ""
}

func (r *reader) number() *node {
	start := r.pos
	for r.pos < len(r.src) && strings.IndexByte("+-.0123456789eE", r.src[r.pos]) >= 0 {
		r.pos++
	}
	raw := r.src[start:r.pos]
	if !isNumber(raw) {
		r.pos = start
		r.fail(CodeSyntax, "got a number that JSON does not know; it allows no leading zero, no + and digits on both sides of a point")
		return nil
	}
	return &node{kind: kindNumber, offset: start, raw: raw}
}

// isNumber reports whether s is a JSON number.
func isNumber(s string) bool {
	if s == "" || s[len(s)-1] < '0' || s[len(s)-1] > '9' || s[0] != '-' && (s[0] < '0' || s[0] > '9') {
		return false
	}
	return json.Valid([]byte(s))
}

func (r *reader) literal() *node {
	if r.failed {
		return nil
	}
	word := r.word()
	n := &node{offset: r.pos, raw: word}
	switch word {
	case "true", "false":
		n.kind = kindBool
	case "null":
		n.kind = kindNull
	default:
		r.fail(CodeSyntax, "got "+r.here()+", want a value"+literalAdvice(word, r.peek()))
		return nil
	}
	r.pos += len(word)
	return n
}

func (r *reader) word() string {
	end := r.pos
	for end < len(r.src) && isLetter(r.src[end]) {
		end++
	}
	return r.src[r.pos:end]
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func literalAdvice(word string, c byte) string {
	switch lower := strings.ToLower(word); {
	case lower == "true" || lower == "false" || lower == "null":
		return "; JSON writes " + lower
	case lower == "none" || lower == "nil" || lower == "undefined":
		return "; JSON writes null"
	case c == '\'' || c == '`' || word != "":
		return "; text needs double quotes"
	}
	return ""
}
