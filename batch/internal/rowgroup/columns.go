package rowgroup

import (
	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// content is what a column that we write holds.
type content uint8

const (
	holdsText content = iota // a string
	holdsJSON                // any JSON, as text
	holdsTime                // a time, in microseconds UTC
)

// columns are those of the files that we write: PostHog's export of events, and one for all other
// members. All of them may be NULL.
// Source: fact sheet section 8.1.
var columns = [...]struct {
	name    string
	content content
}{
	{"uuid", holdsText},
	{"timestamp", holdsTime},
	{"_inserted_at", holdsTime},
	{"created_at", holdsTime},
	{"event", holdsText},
	{"properties", holdsJSON},
	{"distinct_id", holdsText},
	{"elements_chain", holdsText},
	{"person_properties", holdsJSON},
	{"person_id", holdsText},
	{extraColumn, holdsJSON},
}

// own is how many columns hold the member of their name; the one after those holds all others.
const own = len(columns) - 1

// columnOf returns the number of the column for a member, -1 if it has none.
func columnOf(member string) int {
	for i := range own {
		if columns[i].name == member {
			return i
		}
	}
	return -1
}

// physical is how values are stored.
func (c content) physical() format.Type {
	if c == holdsTime {
		return format.Int64
	}
	return format.ByteArray
}

// element describes a column in the schema. JSON is a string there, as in PostHog's files.
func (c content) element(name string) format.SchemaElement {
	e := format.SchemaElement{
		Name: name, Type: thrift.New(c.physical()), RepetitionType: thrift.New(format.Optional),
	}
	if c == holdsTime {
		e.ConvertedType = thrift.New(deprecated.TimestampMicros)
		e.LogicalType.Value = &format.TimestampType{
			IsAdjustedToUTC: true, Unit: format.TimeUnit{Value: &format.MicroSeconds{}},
		}
		return e
	}
	e.ConvertedType = thrift.New(deprecated.UTF8)
	e.LogicalType.Value = &format.StringType{}
	return e
}

// schema is that of the files that we write.
func schema() []format.SchemaElement {
	elements := []format.SchemaElement{{Name: "events", NumChildren: thrift.New(int32(len(columns)))}}
	for _, c := range columns {
		elements = append(elements, c.content.element(c.name))
	}
	return elements
}
