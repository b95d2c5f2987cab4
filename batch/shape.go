package batch

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/plugreel/plugreel/batch/internal/input"
	"github.com/plugreel/plugreel/batch/internal/rowgroup"
	"github.com/plugreel/plugreel/batch/internal/shape"
	"github.com/plugreel/plugreel/sdk"
)

// Shape is a JSON form of events.
type Shape uint8

const (
	// ShapeAuto is told by the records themselves, file by file: Options.From. As Options.To it
	// leaves records in the shape that they have.
	ShapeAuto Shape = iota
	// ShapeCapture is an event as clients send it. Source: fact sheet section 8.4.
	ShapeCapture
	// ShapeBatchExport is a row of a batch export, with the columns of any year and destination.
	// Source: fact sheet section 8.1.
	ShapeBatchExport
	// ShapeBatch is the body of a request to /batch, with many events; for Options.From only.
	// Each event is a record of its own and a capture, with the members of the body that it
	// does not have itself. Source: fact sheet section 8.4.
	ShapeBatch
	// ShapeProcessed is an event as onEvent gets it and as the S3 export plugin of old wrote it.
	// Source: fact sheet sections 5.2 and 8.2.
	ShapeProcessed
)

var shapeKinds = [...]shape.Kind{
	ShapeAuto: shape.Unknown, ShapeCapture: shape.Capture, ShapeBatchExport: shape.Row,
	ShapeBatch: shape.Body, ShapeProcessed: shape.Processed,
}

// String returns "auto", "capture", "batch-export", "batch" or "processed".
func (s Shape) String() string {
	switch {
	case s == ShapeAuto:
		return "auto"
	case int(s) >= len(shapeKinds):
		return fmt.Sprintf("Shape(%d)", s)
	}
	return shapeKinds[s].String()
}

// MarshalText returns what String does.
func (s Shape) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText accepts what String returns.
func (s *Shape) UnmarshalText(text []byte) error {
	for i := range shapeKinds {
		if Shape(i).String() == string(text) {
			*s = Shape(i)
			return nil
		}
	}
	return fmt.Errorf("got %q, want auto, capture, batch-export, batch or processed", text)
}

// shapeReader tells the shape of every file by its first records, makes lines of what stands
// together on one, and refuses what holds no events.
type shapeReader struct {
	ChunkReader
	from  Shape
	hints map[string]shape.Hint // of files that were looked at before
	all   bool                  // nothing is refused

	source string     // of the last chunk
	hint   shape.Hint // for the records of that file
}

func (r *shapeReader) Next(ctx context.Context) (*Chunk, error) {
	c, err := r.ChunkReader.Next(ctx)
	if err != nil {
		return nil, err
	}
	if c.first || c.Source != r.source {
		r.source = c.Source
		if err := r.begin(c); err != nil {
			return nil, err
		}
	}
	c.shape = r.hint
	if c.Oversize == 0 && (r.from == ShapeAuto || r.from == ShapeBatch) {
		unpack(c)
	}
	return c, nil
}

// begin looks at the first chunk of a file.
func (r *shapeReader) begin(c *Chunk) error {
	hint, known := r.hints[c.Source]
	if !known {
		hint = r.from.tell(c.Data)
	}
	r.hint = hint
	if known || r.all {
		return nil
	}
	return refusal(c.Source, c.Data, c.schema, hint)
}

// refusal says why a file that begins with data, has the schema, if any, and whose records are what
// hint says, cannot be replayed.
func refusal(name string, data []byte, schema *rowgroup.Schema, hint shape.Hint) error {
	if kind := hint.Kind; kind == shape.Persons || kind == shape.Sessions {
		return usagef("%s: got an export of %v, want events; leave it out, plugins see events only", name, kind)
	}
	if schema != nil {
		return foreign(name, schema, hint)
	}
	line, rest, _ := bytes.Cut(bytes.TrimLeft(data, " \t\r\n"), []byte{'\n'})
	if blank(rest) {
		return nil // one line that is cut off
	}
	switch string(bytes.TrimSpace(line)) {
	case "[":
		return usagef("%s: got an array over several lines, want one event on each line; jq -c '.[]' makes it so", name)
	case "{":
		return usagef("%s: got an object over several lines, want one event on each line; jq -c . makes it so", name)
	}
	return nil
}

// shownColumns is how many columns an error names.
const shownColumns = 5

// foreign says why rows with the columns of the schema are no events, unless somebody has said that
// they are.
func foreign(name string, s *rowgroup.Schema, hint shape.Hint) error {
	if s.Native || hint.Sure {
		return nil
	}
	var names []string
	for _, c := range s.Columns {
		if c.Name == "event" || c.Name == "batch" {
			return nil
		}
		names = append(names, strconv.Quote(c.Name))
	}
	list := strings.Join(names[:min(len(names), shownColumns)], ", ")
	if more := len(names) - shownColumns; more > 0 {
		list += fmt.Sprintf(" and %d more", more)
	}
	return usagef(`%s: got columns %s, want events, which have a column "event"; --from capture takes any rows as they are`, name, list)
}

// tell is what is known of the records of a file that begins with data.
func (s Shape) tell(data []byte) shape.Hint {
	if s != ShapeAuto {
		return shape.Hint{Kind: shapeKinds[s], Sure: true}
	}
	return shape.Hint{Kind: guess(data)}
}

// guessedFrom is how many records are looked at to tell the shape of a file.
const guessedFrom = 20

// guess tells the shape of a file by the first of its first records that shows one.
func guess(data []byte) shape.Kind {
	lines := input.NewLineReader(data)
	for n := 0; n < guessedFrom; {
		line, _, ok := lines.Next()
		if !ok {
			break
		}
		if blank(line) {
			continue
		}
		n++
		if kind := kindOf(line); kind != shape.Unknown {
			return kind
		}
	}
	return shape.Unknown
}

// kindOf tells the shape of a line.
func kindOf(line []byte) shape.Kind {
	record, err := unwrapped(line)
	if err != nil {
		return shape.Unknown
	}
	e, err := sdk.NewEvent(record)
	if err != nil {
		return shape.Unknown
	}
	return shape.Of(e)
}

// unpack makes a line of every event that stands with others in the body of a request, or in an
// array.
func unpack(c *Chunk) {
	if !mayBePacked(c.Data) {
		return
	}
	u := unpacker{chunk: c}
	lines := input.NewLineReader(c.Data)
	for n := 0; ; n++ {
		line, off, ok := lines.Next()
		if !ok {
			break
		}
		u.line(line, c.place(n, off))
	}
	if u.packed {
		c.replaceData(u.data, u.spots)
	}
}

// mayBePacked is false for data that has nothing to unpack. It looks at every opening bracket, of which
// there are few: a search for "batch" would stop at every quote, and take as long as all else that is
// done for a chunk.
func mayBePacked(data []byte) bool {
	for from := 0; ; {
		n := bytes.IndexByte(data[from:], '[')
		if n < 0 {
			return false
		}
		if opensEvents(data[:from+n]) {
			return true
		}
		from += n + 1
	}
}

// opensEvents says whether a bracket may open a list of events, by what stands before it.
func opensEvents(before []byte) bool {
	before = bytes.TrimRight(before, " \t\r")
	if len(before) == 0 || before[len(before)-1] == '\n' {
		return true
	}
	name, ok := bytes.CutSuffix(before, []byte{':'})
	return ok && bytes.HasSuffix(bytes.TrimRight(name, " \t\r"), []byte(`"batch"`))
}

// unpacker makes the lines of a chunk anew.
type unpacker struct {
	chunk  *Chunk
	data   []byte
	spots  []spot
	packed bool // there was something to unpack

	shared []byte   // members of the body at hand that its events have in common, each with a comma before it
	names  []string // of those
	cuts   []int    // where each of those ends in shared
}

func (u *unpacker) line(line []byte, at place) {
	text := bytes.TrimSpace(line)
	text = text[:len(text):len(text)]
	at.offset += int64(bytes.Index(line, text))
	events, ok := u.events(text)
	if !ok {
		u.add(line, at)
		return
	}
	u.packed = true
	if events.Len() == 0 {
		u.chunk.removed.empty++
	}
	for i, v := range events.All() {
		raw := v.Raw()
		one := at
		one.offset += int64(len(text) - cap(raw)) // raw is a part of text, and can grow to its end
		one.item = int64(i + 1)
		u.event(raw, v, one)
	}
}

// events returns what stands together on a line.
func (u *unpacker) events(text []byte) (*sdk.Array, bool) {
	u.shared, u.names, u.cuts = u.shared[:0], u.names[:0], u.cuts[:0]
	switch {
	case len(text) > 0 && text[0] == '[':
		return arrayOfEvents(text)
	case !bytes.Contains(text, []byte(`"batch"`)):
		return nil, false
	}
	e, err := sdk.NewEvent(text)
	if err != nil || shape.Of(e) != shape.Body {
		return nil, false
	}
	for name, v := range e.All() {
		if name != "batch" {
			u.share(name, v)
		}
	}
	return e.Get("batch").Array()
}

// arrayOfEvents returns the array that text is, if it begins with an object.
func arrayOfEvents(text []byte) (*sdk.Array, bool) {
	v, err := sdk.ParseValue(text)
	if err != nil {
		return nil, false
	}
	events, ok := v.Array()
	return events, ok && events.At(0).Kind() == sdk.KindObject
}

func (u *unpacker) share(name string, v sdk.Value) {
	u.shared = append(u.shared, ',')
	u.shared = append(sdk.AppendString(u.shared, name), ':')
	u.shared = v.AppendJSON(u.shared)
	u.names = append(u.names, name)
	u.cuts = append(u.cuts, len(u.shared))
}

// event adds a line for one event, with the members of the body that it does not have itself.
func (u *unpacker) event(raw []byte, v sdk.Value, at place) {
	o, ok := v.Object()
	if !ok || len(u.names) == 0 {
		u.add(raw, at)
		return
	}
	u.spots = append(u.spots, at.spot)
	u.data = append(u.data, raw[:len(raw)-1]...)
	empty, from := o.Len() == 0, 0
	for i, name := range u.names {
		shared := u.shared[from:u.cuts[i]]
		from = u.cuts[i]
		if o.Has(name) {
			continue
		}
		if empty {
			shared, empty = shared[1:], false
		}
		u.data = append(u.data, shared...)
	}
	u.data = append(u.data, '}', '\n')
}

func (u *unpacker) add(line []byte, at place) {
	u.spots = append(u.spots, at.spot)
	u.data = append(append(u.data, line...), '\n')
}
