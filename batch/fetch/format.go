package fetch

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/plugreel/plugreel/sdk"
)

// Format and FormatVersion stand in the first line of a cassette; the package comment describes
// the rest.
const (
	Format        = "plugreel"
	FormatVersion = 1
)

const (
	saltBytes = 16
	idBytes   = 16
)

// headLine is the first line of a cassette.
type headLine struct {
	Cassette string `json:"cassette"`
	Version  int    `json:"version"`
	Salt     string `json:"salt,omitempty"` // hexadecimal; there if a line has an id
}

// exchangeLine is every other line.
type exchangeLine struct {
	Request  requestLine  `json:"request"`
	ID       string       `json:"id,omitempty"`
	Response responseLine `json:"response"`
}

type requestLine struct {
	Method   string   `json:"method"`
	URL      string   `json:"url"`
	Redirect string   `json:"redirect,omitempty"` // "manual": not followed
	Headers  []string `json:"headers,omitempty"`  // "name: value"
	content
}

type responseLine struct {
	Status     int      `json:"status"`
	StatusText string   `json:"status_text,omitempty"`
	URL        string   `json:"url,omitempty"` // if it is not the request's
	Redirected bool     `json:"redirected,omitempty"`
	Headers    []string `json:"headers,omitempty"`
	content
}

// content is a body: one of the three, none if it is empty.
type content struct {
	Body       string          `json:"body,omitempty"`
	BodyJSON   json.RawMessage `json:"body_json,omitempty"`
	BodyBase64 []byte          `json:"body_base64,omitempty"`
}

// encode spells a cassette. It is the same whatever the order of the exchanges.
func encode(salt []byte, exchanges []*exchange) []byte {
	slices.SortFunc(exchanges, inOrder)
	head := headLine{Cassette: Format, Version: FormatVersion}
	if slices.ContainsFunc(exchanges, func(x *exchange) bool { return x.id != "" }) {
		head.Salt = hex.EncodeToString(salt)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.Encode(head)
	for _, x := range exchanges {
		e.Encode(x.spell())
	}
	return b.Bytes()
}

// inOrder sorts by what a reader sees, so that a new exchange is a new line in its place. The id
// decides only between requests that look the same.
func inOrder(a, b *exchange) int {
	p, q := a.request, b.request
	return cmp.Or(
		strings.Compare(p.href, q.href),
		strings.Compare(p.method, q.method),
		slices.Compare(spellHeaders(p.headers), spellHeaders(q.headers)),
		bytes.Compare(p.body, q.body),
		strings.Compare(fmt.Sprint(p.manual), fmt.Sprint(q.manual)),
		strings.Compare(a.id, b.id),
	)
}

func (x *exchange) spell() exchangeLine {
	line := exchangeLine{
		Request: requestLine{Method: x.request.method, URL: x.request.href, Headers: spellHeaders(x.request.headers), content: spellBody(x.request.body)},
		ID:      x.id,
		Response: responseLine{
			Status: x.answer.Status, StatusText: x.answer.StatusText, URL: x.answer.URL, Redirected: x.answer.Redirected,
			Headers: spellHeaders(x.answer.Headers), content: spellBody(x.answer.Body),
		},
	}
	if x.request.manual {
		line.Request.Redirect = "manual"
	}
	return line
}

func spellHeaders(headers [][2]string) []string {
	var lines []string
	for _, h := range headers {
		lines = append(lines, h[0]+": "+h[1])
	}
	return lines
}

// maxInline is the length of a body that is spelled as JSON: short enough that it cannot be
// nested deeper than package encoding/json reads.
const maxInline = 16 << 10

func spellBody(body []byte) content {
	switch {
	case !utf8.Valid(body):
		return content{BodyBase64: body}
	case isInline(body):
		return content{BodyJSON: body}
	}
	return content{Body: string(body)}
}

// isInline says that a body is an object or array which the encoder copies as it is.
func isInline(body []byte) bool {
	if len(body) == 0 || len(body) > maxInline || (body[0] != '{' && body[0] != '[') {
		return false
	}
	var compact bytes.Buffer
	return json.Compact(&compact, body) == nil && bytes.Equal(compact.Bytes(), body)
}

// decode reads a cassette. Errors: *[CassetteError].
func decode(path string, data []byte) (salt []byte, exchanges []*exchange, err error) {
	number := 0
	for line := range bytes.Lines(data) {
		number++
		if number == 1 {
			salt, err = decodeHead(line)
		} else if len(bytes.TrimSpace(line)) > 0 {
			exchanges, err = decodeInto(exchanges, line, number, salt)
		}
		if err != nil {
			return nil, nil, &CassetteError{Path: path, Line: number, Err: err}
		}
	}
	if number == 0 {
		return nil, nil, &CassetteError{Path: path, Line: 1, Err: fmt.Errorf("got an empty file, want a cassette, or none to start one")}
	}
	return salt, exchanges, nil
}

func decodeHead(line []byte) ([]byte, error) {
	var head headLine
	if err := decodeLine(line, &head); err != nil {
		return nil, fmt.Errorf("not a cassette: %w", err)
	}
	if head.Cassette != Format {
		return nil, fmt.Errorf("not a cassette: got %q, want %q", head.Cassette, Format)
	}
	if head.Version != FormatVersion {
		return nil, fmt.Errorf("version: got %d, want %d", head.Version, FormatVersion)
	}
	salt, err := hex.DecodeString(head.Salt)
	if err != nil || (len(salt) != saltBytes && len(salt) != 0) {
		return nil, fmt.Errorf("salt: got %q, want %d hexadecimal digits", head.Salt, 2*saltBytes)
	}
	if len(salt) == 0 {
		return nil, nil
	}
	return salt, nil
}

func decodeInto(exchanges []*exchange, line []byte, number int, salt []byte) ([]*exchange, error) {
	var l exchangeLine
	if err := decodeLine(line, &l); err != nil {
		return nil, err
	}
	x, err := l.exchange(number)
	if err == nil && x.id != "" && salt == nil {
		err = errors.New("id: the first line has no salt to compare it with")
	}
	return append(exchanges, x), err
}

// decodeLine decodes the one JSON value of a line.
func decodeLine(line []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			err = errors.New("the line ends in the middle")
		}
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("got more than one value in the line")
	}
	return nil
}

func (l *exchangeLine) exchange(number int) (*exchange, error) {
	r, err := l.Request.request(l.ID != "")
	if err != nil {
		return nil, fmt.Errorf("request: %w", err)
	}
	if id, err := hex.DecodeString(l.ID); l.ID != "" && (err != nil || len(id) != idBytes) {
		return nil, fmt.Errorf("id: got %q, want %d hexadecimal digits", l.ID, 2*idBytes)
	}
	a, err := l.Response.answer()
	if err != nil {
		return nil, fmt.Errorf("response: %w", err)
	}
	return &exchange{id: strings.ToLower(l.ID), request: r, answer: a, line: number}, nil
}

// request reads a request. One whose secrets are covered is only for people to read; any other
// is checked, as it may have been written by hand.
func (l *requestLine) request(covered bool) (*request, error) {
	headers, err := readHeaders(l.Headers)
	if err != nil {
		return nil, err
	}
	body, err := l.bytes()
	if err != nil {
		return nil, err
	}
	if l.Redirect != "" && l.Redirect != "manual" {
		return nil, fmt.Errorf("redirect: got %q, want manual or none", l.Redirect)
	}
	if covered {
		return &request{method: l.Method, href: l.URL, headers: headers, body: body, manual: l.Redirect != ""}, nil
	}
	return newRequest(&sdk.Request{Method: l.Method, URL: l.URL, Headers: headers, Body: body, Manual: l.Redirect != ""})
}

func (l *responseLine) answer() (*sdk.Response, error) {
	if l.Status < 100 || l.Status > 999 {
		return nil, fmt.Errorf("status: got %d, want three digits", l.Status)
	}
	headers, err := readHeaders(l.Headers)
	if err != nil {
		return nil, err
	}
	body, err := l.bytes()
	return &sdk.Response{URL: l.URL, Redirected: l.Redirected, Status: l.Status, StatusText: l.StatusText, Headers: headers, Body: body}, err
}

func readHeaders(lines []string) ([][2]string, error) {
	var headers [][2]string
	for _, line := range lines {
		name, value, ok := strings.Cut(line, ":")
		if !ok || name == "" {
			return nil, fmt.Errorf("headers: got %q, want name: value", line)
		}
		headers = append(headers, [2]string{strings.ToLower(name), strings.TrimPrefix(value, " ")})
	}
	return headers, nil
}

func (c *content) bytes() ([]byte, error) {
	given := 0
	for _, n := range []int{len(c.Body), len(c.BodyJSON), len(c.BodyBase64)} {
		if n > 0 {
			given++
		}
	}
	if given > 1 {
		return nil, errors.New("body: want one of body, body_json and body_base64")
	}
	return slices.Concat([]byte(c.Body), c.BodyJSON, c.BodyBase64), nil
}
