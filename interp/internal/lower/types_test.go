package lower

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestTypeLayout checks that the types that this package changes have the layout that it thinks:
// another version of Go may have another.
func TestTypeLayout(t *testing.T) {
	s := reflect.StructOf([]reflect.StructField{{Name: "A", Type: reflect.TypeFor[int](), Tag: `layout:"1"`}, {Name: "B", Type: reflect.TypeFor[*placeholder]()}})
	setFieldType(s, 1, reflect.PointerTo(s))
	assert.Equal(t, reflect.PointerTo(s), s.Field(1).Type)
	assert.Equal(t, reflect.TypeFor[int](), s.Field(0).Type)

	only := reflect.StructOf([]reflect.StructField{{Name: "X", Type: reflect.TypeFor[int](), Tag: `layout:"2"`}})
	m := reflect.MapOf(reflect.TypeFor[string](), reflect.MapOf(only, only))
	setMapElem(m, m)
	require.Equal(t, m, m.Elem())
	assert.Equal(t, reflect.TypeFor[string](), m.Key())
	v := reflect.MakeMap(m)
	v.SetMapIndex(reflect.ValueOf("a"), v)
	assert.Equal(t, 1, v.MapIndex(reflect.ValueOf("a")).Len())

	list := reflect.SliceOf(reflect.SliceOf(only))
	setSliceElem(list, list)
	require.Equal(t, list, list.Elem())

	f := reflect.FuncOf([]reflect.Type{reflect.TypeFor[int]()}, []reflect.Type{reflect.FuncOf([]reflect.Type{only}, nil, false)}, false)
	setFunc(f, []reflect.Type{reflect.TypeFor[int](), f})
	require.Equal(t, f, f.Out(0))
	assert.Equal(t, reflect.TypeFor[int](), f.In(0))
	var fn reflect.Value
	fn = reflect.MakeFunc(f, func(in []reflect.Value) []reflect.Value { return []reflect.Value{fn} })
	assert.Equal(t, f, fn.Call([]reflect.Value{reflect.ValueOf(1)})[0].Type())
}
