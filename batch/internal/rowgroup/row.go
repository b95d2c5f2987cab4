package rowgroup

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"github.com/plugreel/plugreel/sdk"
)

// extraColumn is the column of what has no column of its own, in files that we write.
const extraColumn = "extra"

var (
	null         = []byte("null")
	errMissing   = errors.New("got fewer values than rows")
	errLongValue = errors.New("got a value that is too long")
)

// rows reads the rows of one row group as JSON objects.
type rows struct {
	group   *format.RowGroup
	fields  []*field
	extra   *field    // nil if members are not merged into the rows
	native  bool      // nulls are members that are missing
	cursors []*cursor // by the number of their column; nil behind one that could not be opened
	limit   int       // bytes that an array or a map may bring a row to

	row  int64   // number of the next row
	at   *cursor // the one in use, to be blamed for a panic
	long bool
}

// openRows checks the row group and finds its pages. Errors: *[Damage], *readError.
func (f *File) openRows(group, limit int) (*rows, error) {
	g := &f.meta.RowGroups[group]
	r := &rows{group: g, fields: f.fields, native: f.native, limit: limit}
	if d := f.checkGroup(g); d != nil {
		return r, d
	}
	r.cursors = make([]*cursor, len(g.Columns))
	for i := range r.cursors {
		r.cursors[i] = newCursor(f, g, i)
		if err := r.cursors[i].open(); err != nil {
			return r, &Damage{Column: f.columnName(i), Err: err}
		}
	}
	if f.native {
		r.splitExtra()
	}
	return r, nil
}

// splitExtra takes the column of extra members out of the fields.
func (r *rows) splitExtra() {
	last := len(r.fields) - 1
	if f := r.fields[last]; f.plain == extraColumn && f.form == formValue {
		r.fields, r.extra = r.fields[:last], f
	}
}

// next appends the next row. Errors: *[Damage], *readError.
func (r *rows) next(dst []byte) (row []byte, err error) {
	start := len(dst)
	defer func() {
		if v := recover(); v != nil {
			row, err = dst[:start], r.blame(panicked(v))
		}
	}()
	r.long = false
	dst, err = r.members(dst)
	if err != nil {
		return dst[:start], err
	}
	if err := r.failed(); err != nil {
		return dst[:start], err
	}
	r.row++
	return dst, nil
}

// members appends a row; of a file of ours, a NULL is left out, and extra members stand in for
// those of the same name.
func (r *rows) members(dst []byte) ([]byte, error) {
	extra, err := r.extraMembers()
	if err != nil {
		return dst, err
	}
	dst = append(dst, '{')
	start := len(dst)
	for _, f := range r.fields {
		if r.native && (r.isNull(f) || extra != nil && extra.Has(f.plain)) {
			r.skip(f)
			continue
		}
		if len(dst) > start {
			dst = append(dst, ',')
		}
		dst = append(dst, f.name...)
		dst = r.value(dst, f)
	}
	if extra == nil || extra.Len() == 0 {
		return append(dst, '}'), nil
	}
	return appendInside(dst, extra, len(dst) > start), nil
}

// appendInside appends the members of an object and its closing brace, after other members if
// there are some.
func appendInside(dst []byte, o *sdk.Object, some bool) []byte {
	n := len(dst)
	dst = o.AppendJSON(dst)
	oneLine(dst[n:])
	brace := n + bytes.IndexByte(dst[n:], '{')
	if !some {
		return append(dst[:n], dst[brace+1:]...)
	}
	dst[brace] = ','
	return dst
}

// extraMembers takes the members that have no column, nil if there are none.
func (r *rows) extraMembers() (*sdk.Object, error) {
	if r.extra == nil {
		return nil, nil
	}
	v := r.take(r.extra)
	if v.IsNull() {
		return nil, nil
	}
	o, err := sdk.ParseObject(v.ByteArray())
	if err != nil {
		return nil, r.blame(err)
	}
	return o, nil
}

// value appends one occurrence of a field.
func (r *rows) value(dst []byte, f *field) []byte {
	if f.nullable > 0 && r.peek(f).DefinitionLevel() < f.nullable {
		r.skip(f)
		return append(dst, null...)
	}
	switch f.form {
	case formObject:
		return r.object(dst, f)
	case formArray:
		return r.elements(dst, f, '[', ']', r.value1)
	case formMap:
		return r.elements(dst, f, '{', '}', r.pair)
	}
	v := r.take(f)
	if v.IsNull() {
		return append(dst, null...)
	}
	return f.append(dst, v)
}

// value1 appends the element of an array.
func (r *rows) value1(dst []byte, f *field) []byte { return r.value(dst, f.inner[0]) }

// pair appends a member of a map. Its name is a string, whatever its key is.
func (r *rows) pair(dst []byte, f *field) []byte {
	n := len(dst)
	dst = r.value(dst, f.inner[0])
	if key := dst[n:]; len(key) == 0 || key[0] != '"' {
		dst = sdk.AppendString(dst[:n], string(key))
	}
	return r.value(append(dst, ':'), f.inner[1])
}

func (r *rows) object(dst []byte, f *field) []byte {
	dst = append(dst, '{')
	for i, inner := range f.inner {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(dst, inner.name...)
		dst = r.value(dst, inner)
	}
	return append(dst, '}')
}

// elements appends what is repeated: nothing if the first value says that there is nothing, else
// one after the other as long as values say that they go on with it.
func (r *rows) elements(dst []byte, f *field, open, end byte, one func([]byte, *field) []byte) []byte {
	dst = append(dst, open)
	if r.peek(f).DefinitionLevel() < f.some {
		r.skip(f)
		return append(dst, end)
	}
	start := len(dst)
	for first := true; first || r.goesOn(f); first = false {
		if !first {
			dst = append(dst, ',')
		}
		dst = one(dst, f)
		if len(dst)-start > r.limit {
			r.long = true
			break
		}
	}
	return append(dst, end)
}

// goesOn says whether the next value is another element of the array at hand.
func (r *rows) goesOn(f *field) bool {
	c := r.cursors[f.leaf]
	return c.more() && r.peek(f).RepetitionLevel() == f.repeats
}

func (r *rows) isNull(f *field) bool { return f.form == formValue && r.peek(f).IsNull() }

// peek returns the first value of a field, which tells whether there is anything in it.
func (r *rows) peek(f *field) *parquet.Value {
	r.at = r.cursors[f.leaf]
	return r.at.peek()
}

func (r *rows) take(f *field) *parquet.Value {
	r.at = r.cursors[f.leaf]
	return r.at.take()
}

// skip goes past one occurrence of a field that holds nothing.
func (r *rows) skip(f *field) {
	for i := range f.leaves {
		r.at = r.cursors[f.leaf+i]
		r.at.take()
	}
}

// failed returns why values were missing from the row at hand.
func (r *rows) failed() error {
	for _, c := range r.cursors {
		if c == nil || c.err == nil {
			continue
		}
		r.at = c
		if errors.Is(c.err, errNoMore) {
			return r.blame(errMissing)
		}
		return r.blame(c.err)
	}
	if r.long {
		return r.blame(errLongValue)
	}
	return nil
}

// end finds out whether every value has gone into a row.
func (r *rows) end() error {
	for _, c := range r.cursors {
		if c != nil && c.more() {
			return &Damage{Column: c.name, Err: fmt.Errorf("got more values than for %d rows", r.group.NumRows)}
		}
	}
	return nil
}

func (r *rows) blame(err error) error {
	var system *readError
	if errors.As(err, &system) {
		return system
	}
	if r.at == nil {
		return &Damage{Err: err}
	}
	return &Damage{Column: r.at.name, Err: err}
}

// close lets go of pages. What the library has panicked on it may not be able to take back; then it
// is left to the garbage collector.
func (r *rows) close() {
	defer func() { _ = recover() }()
	for _, c := range r.cursors {
		if c != nil {
			c.close()
		}
	}
}
