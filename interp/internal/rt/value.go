package rt

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"unicode/utf8"
)

func decodeRune(s string, i int) (rune, int) { return utf8.DecodeRuneInString(s[i:]) }

// keys returns the keys of a map in order.
func keys(m any) any {
	v := reflect.ValueOf(m)
	list := v.MapKeys()
	slices.SortFunc(list, compareValues)
	out := reflect.MakeSlice(reflect.SliceOf(v.Type().Key()), len(list), len(list))
	for i, k := range list {
		out.Index(i).Set(k)
	}
	return out.Interface()
}

// compareValues orders the values that can be keys of a map.
func compareValues(a, b reflect.Value) int {
	switch a.Kind() {
	case reflect.String:
		return cmp.Compare(a.String(), b.String())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return cmp.Compare(a.Int(), b.Int())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return cmp.Compare(a.Uint(), b.Uint())
	case reflect.Float32, reflect.Float64:
		return cmp.Compare(a.Float(), b.Float())
	case reflect.Bool:
		return cmp.Compare(fmt.Sprint(a.Bool()), fmt.Sprint(b.Bool()))
	case reflect.Struct:
		return compareParts(a, b, a.NumField(), reflect.Value.Field)
	case reflect.Array:
		return compareParts(a, b, a.Len(), reflect.Value.Index)
	case reflect.Interface:
		return compareDynamic(a.Elem(), b.Elem())
	}
	return 0
}

func compareParts(a, b reflect.Value, n int, part func(reflect.Value, int) reflect.Value) int {
	for i := range n {
		if c := compareValues(part(a, i), part(b, i)); c != 0 {
			return c
		}
	}
	return 0
}

func compareDynamic(a, b reflect.Value) int {
	if !a.IsValid() || !b.IsValid() {
		return cmp.Compare(btoi(a.IsValid()), btoi(b.IsValid()))
	}
	if a.Type() == reflect.TypeFor[Box]() && b.Type() == a.Type() {
		x, y := a.Interface().(Box), b.Interface().(Box)
		if x.id != y.id {
			return cmp.Compare(x.id, y.id)
		}
		return compareValues(x.reflectValue(), y.reflectValue())
	}
	if a.Type() != b.Type() {
		return cmp.Compare(a.Type().String(), b.Type().String())
	}
	return compareValues(a, b)
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// remove is delete(m, key).
func remove(m, key any) {
	v := reflect.ValueOf(m)
	k := reflect.Zero(v.Type().Key())
	if key != nil {
		k = reflect.ValueOf(key)
	}
	v.SetMapIndex(k, reflect.Value{})
}

// clearAny is clear(v).
func clearAny(v any) { reflect.ValueOf(v).Clear() }

// whole is (*p)[:] for a pointer to an array.
func whole(p any) any {
	v := reflect.ValueOf(p)
	if v.IsNil() {
		panic(runtimeError("invalid memory address or nil pointer dereference"))
	}
	return v.Elem().Slice(0, v.Elem().Len()).Interface()
}
