package modules

import (
	"reflect"
	"unicode/utf8"

	"github.com/dop251/goja"
)

// text is String(v), with lone surrogates replaced. A symbol is a TypeError, as in JavaScript; a
// member that is not there is undefined.
func (l *Library) text(v goja.Value) string {
	if v == nil {
		return "undefined"
	}
	return valid(l.stringOf(v).String())
}

// valid replaces what is not UTF-8, which only strings that a host made of Go's can have.
func valid(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return string([]rune(s))
}

// stringOf is text with its code units as they are.
func (l *Library) stringOf(v goja.Value) goja.String {
	if s, ok := v.(goja.String); ok {
		return s
	}
	if _, ok := v.(*goja.Symbol); ok {
		panic(l.typeError("", "Cannot convert a Symbol value to a string"))
	}
	t := v.ToString()
	if s, ok := t.(goja.String); ok {
		return s
	}
	return l.vm.ToValue(t.String()).(goja.String) // of a number
}

// isNothing is true for undefined, null and a member that is not there.
func isNothing(v goja.Value) bool { return v == nil || goja.IsUndefined(v) || goja.IsNull(v) }

var (
	bytesType  = reflect.TypeFor[[]byte]()
	bufferType = reflect.TypeFor[goja.ArrayBuffer]()
	wideTypes  = map[reflect.Type]bool{ // of typed arrays whose elements are not unsigned bytes
		reflect.TypeFor[[]int8](): true, reflect.TypeFor[[]int16](): true, reflect.TypeFor[[]uint16](): true,
		reflect.TypeFor[[]int32](): true, reflect.TypeFor[[]uint32](): true, reflect.TypeFor[[]float32](): true,
		reflect.TypeFor[[]float64](): true, reflect.TypeFor[[]int64](): true, reflect.TypeFor[[]uint64](): true,
	}
)

// viewBytes returns the bytes of a Buffer, a typed array, a DataView or an ArrayBuffer, which it
// shares with it.
func (l *Library) viewBytes(v goja.Value) ([]byte, bool) {
	o, ok := v.(*goja.Object)
	if !ok {
		return nil, false
	}
	switch kind := o.ExportType(); {
	case kind == bytesType:
		b, ok := o.Export().([]byte)
		return b, ok
	case kind == bufferType:
		return o.Export().(goja.ArrayBuffer).Bytes(), true
	case kind == nativeType || !wideTypes[kind] && !l.isDataView(o):
		return nil, false
	}
	var b []byte
	err := l.vm.ExportTo(o, &b)
	return b, err == nil
}

// isTypedArray says whether o is a typed array.
func isTypedArray(o *goja.Object) bool {
	kind := o.ExportType()
	return kind == bytesType || wideTypes[kind]
}

func (l *Library) isDataView(o *goja.Object) bool {
	class := l.once("class:DataView", func(l *Library) goja.Value { return l.vm.GlobalObject().Get("DataView") })
	return o.ClassName() == "Object" && l.vm.InstanceOf(o, class.ToObject(l.vm))
}

// encode is the bytes of a text in an encoding of Buffer; utf8 if the encoding is not known.
func (l *Library) encode(s goja.Value, encoding goja.Value) []byte {
	if isNothing(encoding) || isUTF8(l.text(encoding)) {
		return []byte(valid(s.String()))
	}
	class := l.host.Buffer()
	known, _ := goja.AssertFunction(class.Get("isEncoding"))
	if ok, err := known(class, encoding); err != nil || !ok.ToBoolean() {
		return []byte(valid(s.String()))
	}
	from, _ := goja.AssertFunction(class.Get("from"))
	b, err := from(class, s, encoding)
	if err != nil {
		panic(thrown(err))
	}
	data, _ := l.viewBytes(b)
	return data
}

func isUTF8(encoding string) bool { return encoding == "utf8" || encoding == "utf-8" }

// decode is what buffer.toString(encoding) makes of data; a Buffer if there is no such encoding.
func (l *Library) decode(data []byte, encoding goja.Value) goja.Value {
	b := l.host.NewBuffer(data)
	if isNothing(encoding) || l.text(encoding) == "buffer" {
		return b
	}
	class := l.host.Buffer()
	known, _ := goja.AssertFunction(class.Get("isEncoding"))
	if ok, err := known(class, encoding); err != nil || !ok.ToBoolean() {
		return b
	}
	toString, _ := goja.AssertFunction(b.ToObject(l.vm).Get("toString"))
	s, err := toString(b, encoding)
	if err != nil {
		panic(thrown(err))
	}
	return s
}
