package rowgroup

import (
	"strings"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"github.com/plugreel/plugreel/sdk"
)

// form is what a field looks like in JSON.
type form uint8

const (
	formValue  form = iota // one value
	formObject             // a group
	formArray              // a list
	formMap                // an object with the keys as names
)

// field is a node of the schema as it is written to JSON: the groups that the format puts
// between a list and its elements are gone.
// Source: Parquet format, LogicalTypes, section Nested Types, and Encodings.
type field struct {
	form     form
	name     []byte // as a member: "name":
	plain    string // the name itself
	nullable int    // definition level from which on it is not null; 0 if it cannot be
	some     int    // for arrays and maps: definition level from which on there is an element
	repeats  int    // likewise: repetition level of the elements after the first
	inner    []*field
	leaf     int // number of the first column of values in it
	leaves   int // how many there are
	append   appendValue
}

// newFields makes the fields of a row.
func newFields(root *parquet.Column) []*field {
	var fields []*field
	leaf := 0
	for _, c := range root.Columns() {
		f := newField(c)
		leaf = f.number(leaf)
		fields = append(fields, f)
	}
	return fields
}

// newField makes the field of a column.
func newField(c *parquet.Column) *field {
	f := newContent(c)
	if c.Repeated() {
		array := named(c, formArray)
		array.some, array.repeats = c.MaxDefinitionLevel(), c.MaxRepetitionLevel()
		array.inner = []*field{f}
		return array
	}
	if c.Optional() {
		f.nullable = c.MaxDefinitionLevel()
	}
	return f
}

func named(c *parquet.Column, form form) *field {
	return &field{form: form, plain: c.Name(), name: append(sdk.AppendString(nil, c.Name()), ':')}
}

// newContent makes a field of what a column is, whether it is repeated or optional or neither.
func newContent(c *parquet.Column) *field {
	if c.Leaf() {
		f := named(c, formValue)
		f.append = valueOf(c)
		return f
	}
	if t := c.Type().LogicalType(); t != nil {
		switch t.Value.(type) {
		case *format.ListType:
			return newList(c)
		case *format.MapType:
			return newMap(c)
		}
	}
	return newGroup(c, formObject)
}

// newGroup makes a field of all columns of a group.
func newGroup(c *parquet.Column, form form) *field {
	f := named(c, form)
	for _, column := range c.Columns() {
		f.inner = append(f.inner, newField(column))
	}
	return f
}

// newList makes an array of a group with one repeated column. In that, today, is a group with one
// column, the element; in files of old writers it may be the element itself.
func newList(c *parquet.Column) *field {
	if len(c.Columns()) != 1 || !c.Columns()[0].Repeated() {
		return newGroup(c, formObject)
	}
	repeated := c.Columns()[0]
	f := named(c, formArray)
	f.some, f.repeats = repeated.MaxDefinitionLevel(), repeated.MaxRepetitionLevel()
	if wrapsElement(c, repeated) {
		f.inner = []*field{newField(repeated.Columns()[0])}
	} else {
		f.inner = []*field{newContent(repeated)}
	}
	return f
}

// wrapsElement says whether the repeated column of a list is only there for the element in it.
// Source: Parquet format, LogicalTypes, section Lists, rules for old files.
func wrapsElement(list, repeated *parquet.Column) bool {
	name := repeated.Name()
	return !repeated.Leaf() && len(repeated.Columns()) == 1 && name != "array" && !strings.HasSuffix(name, list.Name()+"_tuple")
}

// newMap makes an object of a group with one repeated group, of a key and a value.
func newMap(c *parquet.Column) *field {
	if len(c.Columns()) != 1 {
		return newGroup(c, formObject)
	}
	pairs := c.Columns()[0]
	if pairs.Leaf() || !pairs.Repeated() || len(pairs.Columns()) != 2 || !pairs.Columns()[0].Leaf() {
		return newList(c)
	}
	f := newGroup(pairs, formMap)
	f.plain, f.name = c.Name(), append(sdk.AppendString(nil, c.Name()), ':')
	f.some, f.repeats = pairs.MaxDefinitionLevel(), pairs.MaxRepetitionLevel()
	return f
}

// number numbers the columns of values in a field, in the order of the schema.
func (f *field) number(leaf int) int {
	f.leaf = leaf
	if f.form == formValue {
		f.leaves = 1
		return leaf + 1
	}
	for _, inner := range f.inner {
		leaf = inner.number(leaf)
	}
	f.leaves = leaf - f.leaf
	return leaf
}
