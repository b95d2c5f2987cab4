package batch

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/plugreel/plugreel/batch/internal/eventtime"
	"github.com/plugreel/plugreel/batch/internal/input"
	"github.com/plugreel/plugreel/batch/internal/rowgroup"
	"github.com/plugreel/plugreel/batch/internal/tally"
	"github.com/plugreel/plugreel/sdk"
)

// InspectionVersion is Inspection.Version. It changes when a member changes its meaning or goes.
const InspectionVersion = 1

// MaxMalformed is how many records that could not be read an inspection describes.
const MaxMalformed = 10

// Inspection says what is in an archive. [InspectionSchema] describes its JSON; members may be
// added.
type Inspection struct {
	Version int                `json:"version"` // InspectionVersion
	Sources []SourceInspection `json:"sources"`
	Records int64              `json:"records"` // that are JSON objects; the events of a batch one by one
	Blank   int64              `json:"blank"`   // blank lines
	Bytes   InspectedBytes     `json:"bytes"`
	Members []MemberInspection `json:"members"` // at the top level of records, in the order in which they came up; the first 1,000

	Events      []EventCount     `json:"events"`                 // by name, those of most records first; the first 100,000 names
	OtherEvents int64            `json:"other_events,omitempty"` // records whose name came after those
	Unnamed     int64            `json:"unnamed"`                // records without a name
	Time        InspectedTime    `json:"time"`
	DistinctIDs int64            `json:"distinct_ids"` // an estimate, within a percent
	UUIDs       InspectedUUIDs   `json:"uuids"`
	Malformed   InspectedDamages `json:"malformed"`
}

// SourceInspection describes one file.
type SourceInspection struct {
	Name    string `json:"name"`
	Format  string `json:"format"` // as in SourceReport
	Shape   string `json:"shape"`  // as in SourceReport, and "persons" and "sessions"
	Records int64  `json:"records"`
	Bytes   int64  `json:"bytes"`            // decompressed; of Parquet, those of the rows as JSON
	Damage  string `json:"damage,omitempty"` // what kept the rest of the file from being read

	Parquet *ParquetInspection `json:"parquet,omitempty"` // of Parquet, unless its footer is damaged
}

// ParquetInspection is what the footer of a Parquet file says.
type ParquetInspection struct {
	Rows         int64              `json:"rows"`
	RowGroups    int                `json:"row_groups"`
	Compressions []string           `json:"compressions"`         // of all pages, sorted, as the format has them: "UNCOMPRESSED", "ZSTD", …
	CreatedBy    string             `json:"created_by,omitempty"` // the program that wrote the file
	Columns      []ColumnInspection `json:"columns"`              // of the first level, in the order of the file
}

// ColumnInspection is a column of Parquet.
type ColumnInspection struct {
	Name string `json:"name"`
	Type string `json:"type"` // as the format has it: "STRING", "TIMESTAMP(isAdjustedToUTC=true,unit=MICROS)", …; "LIST", "MAP", "GROUP"
}

// inspectedSchema puts a schema into the words of an inspection; nil if there is none.
func inspectedSchema(s *rowgroup.Schema) *ParquetInspection {
	if s == nil {
		return nil
	}
	p := &ParquetInspection{
		Rows: s.Rows, RowGroups: s.Groups, Compressions: append([]string{}, s.Compressions...), CreatedBy: s.CreatedBy,
	}
	for _, c := range s.Columns {
		p.Columns = append(p.Columns, ColumnInspection(c))
	}
	return p
}

// InspectedBytes counts bytes of all files.
type InspectedBytes struct {
	Stored int64 `json:"stored"` // as they are stored
	Read   int64 `json:"read"`   // decompressed
}

// MemberInspection describes a member of records.
type MemberInspection struct {
	Name  string           `json:"name"`
	Kinds map[string]int64 `json:"kinds"` // records by the kind of its value: "null", "boolean", "number", "string", "array", "object"
}

// EventCount is how many records have an event name.
type EventCount struct {
	Name  string `json:"name"`
	Count int64  `json:"count"`
}

// InspectedTime is the span of the timestamps.
type InspectedTime struct {
	First   string `json:"first,omitempty"` // ISO 8601, UTC; missing if there is none
	Last    string `json:"last,omitempty"`
	Missing int64  `json:"missing"` // records without a timestamp that is a time
}

// InspectedUUIDs counts what the uuids say.
type InspectedUUIDs struct {
	Duplicates int64 `json:"duplicates"` // records with the uuid of an earlier one
	Exact      bool  `json:"exact"`      // false: there may be more, as not all uuids were remembered
	Missing    int64 `json:"missing"`    // records without one
}

// InspectedDamages counts lines and ranges that are no records.
type InspectedDamages struct {
	Count int64              `json:"count"`
	First []MalformedExample `json:"first"` // MaxMalformed of them
}

// MalformedExample is one of them.
type MalformedExample struct {
	Source string `json:"source"`
	Line   int64  `json:"line,omitempty"`
	Row    int64  `json:"row,omitempty"`  // instead of Line in Parquet
	Item   int64  `json:"item,omitempty"` // of the events that stand on the line
	Offset int64  `json:"offset"`         // in the decompressed file, in bytes; of its row group in Parquet
	Error  string `json:"error"`
}

// String is "source:line: error".
func (m MalformedExample) String() string {
	return (&RecordError{Source: m.Source, Line: m.Line, Row: m.Row, Item: m.Item, Err: errors.New(m.Error)}).Error()
}

// InspectOptions tunes [Inspect]. The zero value is ready to use.
type InspectOptions struct {
	MaxRecord int   // bytes of the longest record accepted; 0 means DefaultMaxRecord
	MaxUUIDs  int64 // uuids that are remembered to find duplicates, at 20 bytes each; 0 means 50 million

	// OnProgress is called after every chunk. nil: nobody is told.
	OnProgress func(Progress)
}

// Inspect reads every record of src and says what there is. Its memory does not depend on the size
// of the archive, but for the uuids. All columns of Parquet are read: damage may be in any.
//
// Errors: *[UsageError]; *[IOError]; ctx's cause. Then there is no inspection.
func Inspect(ctx context.Context, src Source, o InspectOptions) (Inspection, error) {
	if o.MaxRecord <= 0 {
		o.MaxRecord = DefaultMaxRecord
	}
	const chunks = 2 // one is looked at, and one is read
	reader, err := src.Open(ctx, ReadOptions{MaxRecord: o.MaxRecord, Chunks: chunks})
	if err != nil {
		return Inspection{}, err
	}
	i := inspector{opts: o, tally: tally.New(o.MaxUUIDs)}
	if s, ok := reader.(Sizer); ok {
		i.size = s.Size()
	}
	reader = &aheadReader{ChunkReader: &shapeReader{ChunkReader: &patientReader{ChunkReader: reader}, all: true}}
	err = errors.Join(i.read(ctx, reader), reader.Close())
	if err != nil && ctx.Err() != nil {
		return Inspection{}, context.Cause(ctx)
	}
	return i.inspection(), err
}

// inspector is one call of Inspect.
type inspector struct {
	opts  InspectOptions
	tally *tally.Tally
	size  int64
	found Inspection
}

func (i *inspector) read(ctx context.Context, reader ChunkReader) error {
	for {
		c, err := reader.Next(ctx)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		i.chunk(c)
		c.free()
		if i.opts.OnProgress != nil {
			i.opts.OnProgress(Progress{
				Records: i.tally.Records, Bytes: c.Read, BytesFull: i.size, Failures: i.found.Malformed.Count,
			})
		}
	}
}

func (i *inspector) chunk(c *Chunk) {
	before := i.tally.Records
	if c.Oversize > 0 {
		i.malformed(c.place(0, 0), fmt.Errorf("record: got %d bytes, want at most %d", c.Oversize, i.opts.MaxRecord))
	} else {
		i.lines(c)
	}
	if c.Damage != nil {
		i.malformed(c.broken())
	}
	i.source(c, i.tally.Records-before)
}

func (i *inspector) lines(c *Chunk) {
	lines := input.NewLineReader(c.Data)
	for n := 0; ; n++ {
		line, off, ok := lines.Next()
		if !ok {
			return
		}
		if err := i.line(line); err != nil {
			i.malformed(c.place(n, off), err)
		}
	}
}

func (i *inspector) line(line []byte) error {
	if len(line) == 0 || line[0] <= ' ' && blank(line) {
		i.found.Blank++
		return nil
	}
	record, err := unwrapped(line)
	if err != nil {
		return err
	}
	return i.tally.Record(record)
}

func (i *inspector) malformed(at place, err error) {
	m := &i.found.Malformed
	m.Count++
	if len(m.First) < MaxMalformed {
		line, row := at.numbers()
		m.First = append(m.First, MalformedExample{Source: at.source, Line: line, Row: row, Item: at.item, Offset: at.offset, Error: err.Error()})
	}
}

func (i *inspector) source(c *Chunk, records int64) {
	sources := &i.found.Sources
	if n := len(*sources); n == 0 || c.first || (*sources)[n-1].Name != c.Source {
		*sources = append(*sources, SourceInspection{
			Name: c.Source, Format: c.Format, Shape: c.shape.Kind.String(), Parquet: inspectedSchema(c.schema),
		})
	}
	s := &(*sources)[len(*sources)-1]
	bytes := max(c.Oversize, c.bytes())
	s.Records += records
	s.Bytes += bytes
	i.found.Bytes.Read += bytes
	i.found.Bytes.Stored = max(i.found.Bytes.Stored, c.Read)
	if c.Damage != nil {
		s.Damage = c.Damage.Err.Error()
	}
}

// inspection is what was found.
func (i *inspector) inspection() Inspection {
	t, found := i.tally, i.found
	found.Version = InspectionVersion
	found.Records = t.Records
	found.OtherEvents, found.Unnamed = t.OtherNames, t.Unnamed
	found.DistinctIDs = t.DistinctIDs()
	found.UUIDs = InspectedUUIDs{Duplicates: t.Duplicates, Exact: t.Exact, Missing: t.Unmarked}
	found.Time = InspectedTime{First: isoText(t.First), Last: isoText(t.Last), Missing: t.Untimed}
	found.Events = []EventCount{}
	for _, n := range t.Names() {
		found.Events = append(found.Events, EventCount(n))
	}
	found.Members = []MemberInspection{}
	t.Members(func(name string, kinds func(sdk.Kind) int64) {
		m := MemberInspection{Name: name, Kinds: map[string]int64{}}
		for k := sdk.KindNull; k <= sdk.KindObject; k++ {
			if n := kinds(k); n > 0 {
				m.Kinds[k.String()] = n
			}
		}
		found.Members = append(found.Members, m)
	})
	if found.Malformed.First == nil {
		found.Malformed.First = []MalformedExample{}
	}
	return found
}

// isoText spells a time; "" for none.
func isoText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(eventtime.Layout)
}

// JSON returns the inspection as indented JSON with a line feed at its end.
func (i Inspection) JSON() []byte {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(i); err != nil {
		panic("batch: an inspection holds what JSON cannot: " + err.Error())
	}
	return text.Bytes()
}

//go:embed inspection.schema.json
var inspectionSchema []byte

// InspectionSchema returns the JSON Schema (draft 2020-12) of an inspection, which describes
// each member. The caller owns the copy.
func InspectionSchema() []byte { return bytes.Clone(inspectionSchema) }
