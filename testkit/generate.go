package testkit

import (
	"fmt"
	"io"
	"iter"
)

//go:generate sh -c "go run ../batch/bench gen -n 200 -seed 1 -shape export > ../batch/testdata/export.ndjson"
//go:generate sh -c "go run ../batch/bench gen -n 200 -seed 1 -shape capture > ../batch/testdata/capture.ndjson"

// Shape is the JSON form of a generated record.
type Shape int

const (
	// Capture is an event as a plugin's processEvent gets it: uuid, event, distinct_id, properties,
	// timestamp, now, sent_at, ip, site_url, team_id and, for some $identify events, $set and
	// $set_once. About 1 % have no properties member.
	Capture Shape = iota

	// BatchExport is a row of a batch export: uuid, timestamp, _inserted_at, created_at, event,
	// properties, distinct_id, elements_chain, person_properties, person_id. About 1 % have null
	// or empty properties.
	BatchExport
)

var shapeNames = [...]string{Capture: "capture", BatchExport: "export"}

// String returns "capture" or "export".
func (s Shape) String() string {
	if s < 0 || int(s) >= len(shapeNames) {
		return fmt.Sprintf("Shape(%d)", int(s))
	}
	return shapeNames[s]
}

// MarshalText returns what [Shape.String] does, for [flag.TextVar].
func (s Shape) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText accepts "capture" and "export".
func (s *Shape) UnmarshalText(text []byte) error {
	for i, name := range shapeNames {
		if name == string(text) {
			*s = Shape(i)
			return nil
		}
	}
	return fmt.Errorf("shape: got %q, want capture or export", text)
}

// Generator makes product events that look like a real archive: page views (45 %), autocaptured clicks
// (20 %), page leaves, identifications and custom events of some 20,000 people, 30 to 45 properties and
// 1 to 2 KB each. The zero value is ready to use.
//
// Record i is a pure function of Seed, Shape and i. Methods may be called at the same time.
type Generator struct {
	Seed  uint64 // another seed is another archive, with other people
	Shape Shape  // Capture unless set
}

// Append appends record i, counted from 0, to dst as one line of NDJSON, LF included.
//
// The uuids of one seed never repeat. Times start at 2024-01-02 and advance by 1.5 s a record, with
// jitter and some late arrivals; they stay within 2024 and begin again after 20,908,800 records.
func (g Generator) Append(dst []byte, i int) []byte {
	e := newEvent(g.Seed, uint64(i))
	w := &jsonWriter{buf: dst, ascii: e.ascii}
	if g.Shape == BatchExport {
		e.writeExport(w)
	} else {
		e.writeCapture(w)
	}
	return append(w.buf, '\n')
}

// All yields the records 0 to n-1 with their numbers. A line is valid until the next one is asked for.
func (g Generator) All(n int) iter.Seq2[int, []byte] {
	return func(yield func(int, []byte) bool) {
		var line []byte
		for i := range n {
			line = g.Append(line[:0], i)
			if !yield(i, line) {
				return
			}
		}
	}
}

// Lines returns the records 0 to n-1, each without its LF and in memory of its own: the events of a
// benchmark.
func (g Generator) Lines(n int) [][]byte {
	lines := make([][]byte, n)
	for i := range lines {
		line := g.Append(nil, i)
		lines[i] = line[:len(line)-1]
	}
	return lines
}

// Write writes the records 0 to n-1 to w, many in one call. Its error is the writer's.
func (g Generator) Write(w io.Writer, n int) error {
	const flushAt = 256 << 10
	buf := make([]byte, 0, flushAt+4<<10)
	for i := range n {
		buf = g.Append(buf, i)
		if len(buf) < flushAt && i < n-1 {
			continue
		}
		if _, err := w.Write(buf); err != nil {
			return err
		}
		buf = buf[:0]
	}
	return nil
}
