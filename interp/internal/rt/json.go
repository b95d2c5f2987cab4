package rt

import (
	"bytes"
	"encoding"
	"encoding/json"
	"fmt"
	"go/types"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// MarshalJSON encodes the boxed value. It does not escape for HTML: what calls it does, unless the
// program has said SetEscapeHTML(false).
func (b Box) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	err := b.r.encode(&out, b.reflectValue(), b.typ())
	return out.Bytes(), err
}

// encode follows encoding/json for values whose types only the program knows.
func (r *Runtime) encode(out *bytes.Buffer, v reflect.Value, t types.Type) error {
	if done, err := r.encodeByMethod(out, v, t); done {
		return err
	}
	if r.program.isNative(t) && !types.IsInterface(t) {
		return encodeNative(out, v.Interface())
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		return r.encodeStruct(out, v, u)
	case *types.Map:
		return r.encodeMap(out, v, u)
	case *types.Slice:
		if v.IsNil() {
			out.WriteString("null")
			return nil
		}
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return encodeNative(out, v.Interface())
		}
		return r.encodeList(out, v, u.Elem())
	case *types.Array:
		return r.encodeList(out, v, u.Elem())
	case *types.Pointer:
		if v.IsNil() {
			out.WriteString("null")
			return nil
		}
		return r.encode(out, v.Elem(), u.Elem())
	case *types.Interface:
		if b, ok := unbox(v.Interface()); ok {
			return r.encode(out, b.reflectValue(), b.typ())
		}
		return encodeNative(out, v.Interface())
	case *types.Basic:
		return encodeNative(out, v.Interface())
	}
	return fmt.Errorf("json: unsupported type: %s", typeString(t))
}

func encodeNative(out *bytes.Buffer, v any) error {
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return withoutBox(err)
	}
	out.Truncate(out.Len() - 1) // the end of the line
	return nil
}

// withoutBox is an error of encoding/json without what it says of boxes.
func withoutBox(err error) error {
	if e, ok := err.(*json.MarshalerError); ok && e.Type == reflect.TypeFor[Box]() {
		return e.Err
	}
	return err
}

// encodeByMethod uses MarshalJSON or MarshalText of the program's type.
func (r *Runtime) encodeByMethod(out *bytes.Buffer, v reflect.Value, t types.Type) (done bool, err error) {
	f, text := r.marshaler(t, "MarshalJSON"), false
	if !f.IsValid() {
		f, text = r.marshaler(t, "MarshalText"), true
	}
	if !f.IsValid() && v.CanAddr() {
		f, text = r.marshaler(types.NewPointer(t), "MarshalJSON"), false
		v = v.Addr()
	}
	if !f.IsValid() {
		return false, nil
	}
	if v.Kind() == reflect.Pointer && v.IsNil() {
		out.WriteString("null")
		return true, nil
	}
	result := f.Call([]reflect.Value{v})
	if err, _ := result[1].Interface().(error); err != nil {
		return true, fmt.Errorf("json: error calling MarshalJSON for type %s: %w", typeString(t), err)
	}
	if text {
		return true, encodeNative(out, string(result[0].Bytes()))
	}
	return true, encodeNative(out, json.RawMessage(result[0].Bytes()))
}

func (r *Runtime) marshaler(t types.Type, name string) reflect.Value {
	id, ok := r.program.id(t)
	if !ok {
		return reflect.Value{}
	}
	f := r.methods[id][name]
	if f.IsValid() && f.Type().NumOut() == 2 && f.Type().NumIn() == 1 {
		return f
	}
	return reflect.Value{}
}

func (r *Runtime) encodeList(out *bytes.Buffer, v reflect.Value, elem types.Type) error {
	out.WriteByte('[')
	for i := range v.Len() {
		if i > 0 {
			out.WriteByte(',')
		}
		if err := r.encode(out, v.Index(i), elem); err != nil {
			return err
		}
	}
	out.WriteByte(']')
	return nil
}

func (r *Runtime) encodeMap(out *bytes.Buffer, v reflect.Value, m *types.Map) error {
	if v.IsNil() {
		out.WriteString("null")
		return nil
	}
	type entry struct {
		key   string
		value reflect.Value
	}
	var list []entry
	for _, k := range v.MapKeys() {
		key, err := r.mapKey(k, m.Key())
		if err != nil {
			return err
		}
		list = append(list, entry{key, v.MapIndex(k)})
	}
	slices.SortFunc(list, func(a, b entry) int { return strings.Compare(a.key, b.key) })
	out.WriteByte('{')
	for i, e := range list {
		if i > 0 {
			out.WriteByte(',')
		}
		if err := encodeNative(out, e.key); err != nil {
			return err
		}
		out.WriteByte(':')
		if err := r.encode(out, e.value, m.Elem()); err != nil {
			return err
		}
	}
	out.WriteByte('}')
	return nil
}

func (r *Runtime) mapKey(k reflect.Value, t types.Type) (string, error) {
	if k.Kind() == reflect.String {
		return k.String(), nil
	}
	if f := r.marshaler(t, "MarshalText"); f.IsValid() {
		out := f.Call([]reflect.Value{k})
		err, _ := out[1].Interface().(error)
		return string(out[0].Bytes()), err
	}
	if k.CanInterface() {
		if m, ok := k.Interface().(encoding.TextMarshaler); ok {
			text, err := m.MarshalText()
			return string(text), err
		}
	}
	switch {
	case k.CanInt():
		return strconv.FormatInt(k.Int(), 10), nil
	case k.CanUint():
		return strconv.FormatUint(k.Uint(), 10), nil
	}
	return "", fmt.Errorf("json: unsupported type: map[%s]", typeString(t))
}

// jsonField is a member that a struct has in JSON.
type jsonField struct {
	name      string
	index     []int
	typ       types.Type
	omitEmpty bool
	omitZero  bool
	quoted    bool
	tagged    bool
}

// jsonFields lists the members of a struct, those of embedded structs included.
func jsonFields(s *types.Struct) []jsonField {
	var fields []jsonField
	collectFields(s, nil, &fields, map[types.Type]bool{})
	best := map[string]int{}
	clash := map[string]bool{}
	for i, f := range fields {
		j, ok := best[f.name]
		switch {
		case !ok || len(f.index) < len(fields[j].index) || len(f.index) == len(fields[j].index) && f.tagged && !fields[j].tagged:
			best[f.name], clash[f.name] = i, false
		case len(f.index) == len(fields[j].index) && f.tagged == fields[j].tagged:
			clash[f.name] = true
		}
	}
	var list []jsonField
	for i, f := range fields {
		if best[f.name] == i && !clash[f.name] {
			list = append(list, f)
		}
	}
	return list
}

func collectFields(s *types.Struct, at []int, fields *[]jsonField, seen map[types.Type]bool) {
	for i := range s.NumFields() {
		f := s.Field(i)
		tag := reflect.StructTag(s.Tag(i)).Get("json")
		name, opts, _ := strings.Cut(tag, ",")
		index := append(slices.Clone(at), i)
		if tag == "-" {
			continue
		}
		if f.Embedded() && name == "" {
			t := f.Type()
			if ptr, ok := t.Underlying().(*types.Pointer); ok {
				t = ptr.Elem()
			}
			if inner, ok := t.Underlying().(*types.Struct); ok {
				if !seen[t] {
					seen[t] = true
					collectFields(inner, index, fields, seen)
					delete(seen, t)
				}
				continue
			}
		}
		if !f.Exported() {
			continue
		}
		field := jsonField{name: name, index: index, typ: f.Type(), tagged: name != ""}
		if name == "" {
			field.name = f.Name()
		}
		opts = "," + opts + ","
		field.omitEmpty = strings.Contains(opts, ",omitempty,")
		field.omitZero = strings.Contains(opts, ",omitzero,")
		field.quoted = strings.Contains(opts, ",string,") && isQuotable(f.Type())
		*fields = append(*fields, field)
	}
}

// isQuotable says whether the option string has a meaning for a field of type t.
func isQuotable(t types.Type) bool {
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&(types.IsBoolean|types.IsInteger|types.IsFloat|types.IsString) != 0
}

// at follows a field's path; ok is false where an embedded pointer is nil.
func (f jsonField) at(v reflect.Value, make bool) (field reflect.Value, ok bool) {
	for _, i := range f.index {
		if v.Kind() == reflect.Pointer {
			if v.IsNil() {
				if !make {
					return v, false
				}
				v.Set(reflect.New(v.Type().Elem()))
			}
			v = v.Elem()
		}
		v = v.Field(i)
	}
	return v, true
}

func (r *Runtime) encodeStruct(out *bytes.Buffer, v reflect.Value, s *types.Struct) error {
	out.WriteByte('{')
	first := true
	for _, f := range jsonFields(s) {
		field, ok := f.at(v, false)
		if !ok || f.omitEmpty && isEmpty(field) || f.omitZero && field.IsZero() {
			continue
		}
		if !first {
			out.WriteByte(',')
		}
		first = false
		if err := encodeNative(out, f.name); err != nil {
			return err
		}
		out.WriteByte(':')
		start := out.Len()
		if err := r.encode(out, field, f.typ); err != nil {
			return err
		}
		if f.quoted {
			if err := quoteFrom(out, start); err != nil {
				return err
			}
		}
	}
	out.WriteByte('}')
	return nil
}

// quoteFrom makes a string of the value that begins at start, unless it is null.
func quoteFrom(out *bytes.Buffer, start int) error {
	var text bytes.Buffer
	json.HTMLEscape(&text, out.Bytes()[start:])
	if text.String() == "null" {
		return nil
	}
	out.Truncate(start)
	return encodeNative(out, text.String())
}

func isEmpty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() == 0
	case reflect.Struct:
		return false
	}
	return v.IsZero()
}

// unmarshal is json.Unmarshal.
func (r *Runtime) unmarshal(data []byte, into any) error {
	return r.unmarshalWith(decoderOptions{}, data, into)
}

// unmarshalWith is unmarshal under the options of a decoder.
func (r *Runtime) unmarshalWith(o decoderOptions, data []byte, into any) error {
	b, ok := unbox(into)
	if !ok {
		if held, ok := into.(*any); ok && json.Valid(data) {
			return r.decodeInterface(data, reflect.ValueOf(held).Elem(), emptyInterface, decodePath{options: o})
		}
		return o.unmarshal(data, into)
	}
	ptr, isPointer := b.typ().Underlying().(*types.Pointer)
	v := b.reflectValue()
	switch {
	case !json.Valid(data):
		return json.Unmarshal(data, new(any))
	case !isPointer:
		return fmt.Errorf("json: Unmarshal(non-pointer %s)", typeString(b.typ()))
	case v.IsNil():
		return fmt.Errorf("json: Unmarshal(nil %s)", typeString(b.typ()))
	}
	return r.decode(data, v.Elem(), ptr.Elem(), decodePath{options: o})
}

// decodePath is where in the value decoding is, for messages, and how it is done.
type decodePath struct {
	owner   string // type of the struct that has the field
	field   string
	options decoderOptions
}

func (p decodePath) in(name string) decodePath {
	if p.field != "" {
		name = p.field + "." + name
	}
	p.field = name
	return p
}

// ownName is the name of a defined type, without its package.
func ownName(t types.Type) string {
	if n, ok := types.Unalias(t).(*types.Named); ok {
		return n.Obj().Name()
	}
	return ""
}

// wrap puts the program's names into an error of encoding/json about a value of type t; nil stands
// for a compiled type, whose name the error knows.
func (p decodePath) wrap(err error, t types.Type) error {
	e, ok := err.(*json.UnmarshalTypeError)
	if !ok {
		return err
	}
	own := *e
	own.Struct, own.Field = p.owner, p.field
	if t == nil {
		return &own
	}
	return jsonTypeError{&own, typeString(t)}
}

// jsonTypeError is an UnmarshalTypeError whose type reflection knows by another name.
type jsonTypeError struct {
	*json.UnmarshalTypeError
	typeName string
}

func (e jsonTypeError) Error() string {
	where := "Go value"
	if e.Field != "" {
		where = "Go struct field " + e.Struct + "." + e.Field
	}
	return fmt.Sprintf("json: cannot unmarshal %s into %s of type %s", e.Value, where, e.typeName)
}

func (e jsonTypeError) Unwrap() error { return e.UnmarshalTypeError }

// decode stores valid JSON in v. As encoding/json does, it goes on after a value of a wrong type
// and returns the first such error.
func (r *Runtime) decode(data []byte, v reflect.Value, t types.Type, at decodePath) error {
	data = bytes.TrimSpace(data)
	if done, err := r.decodeByMethod(data, v, t); done {
		return err
	}
	if types.IsInterface(t) {
		return r.decodeInterface(data, v, t, at)
	}
	if r.program.isNative(t) {
		return at.wrap(at.options.unmarshal(data, v.Addr().Interface()), nil)
	}
	if string(data) == "null" {
		switch v.Kind() {
		case reflect.Pointer, reflect.Map, reflect.Slice, reflect.Interface:
			v.SetZero()
		}
		return nil
	}
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		return r.decode(data, v.Elem(), u.Elem(), at)
	case *types.Struct:
		return r.decodeStruct(data, v, t, u, at)
	case *types.Map:
		return r.decodeMap(data, v, t, u, at)
	case *types.Slice:
		return r.decodeSlice(data, v, t, u, at)
	case *types.Array:
		return r.decodeArray(data, v, t, u, at)
	}
	return at.wrap(at.options.unmarshal(data, v.Addr().Interface()), t)
}

var emptyInterface = types.NewInterfaceType(nil, nil)

// decodeInterface decodes into the pointer that an interface holds, if it does.
func (r *Runtime) decodeInterface(data []byte, v reflect.Value, t types.Type, at decodePath) error {
	null := string(data) == "null"
	if b, ok := unbox(v.Interface()); ok && !null {
		ptr, isPointer := b.typ().Underlying().(*types.Pointer)
		if isPointer && !b.reflectValue().IsNil() {
			return r.decode(data, b.reflectValue().Elem(), ptr.Elem(), at)
		}
	}
	switch {
	case t.Underlying().(*types.Interface).Empty():
		return at.wrap(at.options.unmarshal(data, v.Addr().Interface()), nil)
	case null:
		v.SetZero()
		return nil
	}
	return at.mismatch(data, t)
}

func (r *Runtime) decodeByMethod(data []byte, v reflect.Value, t types.Type) (done bool, err error) {
	id, ok := r.program.id(types.NewPointer(t))
	if !ok {
		return false, nil
	}
	arg := data
	f := r.methods[id]["UnmarshalJSON"]
	if !f.IsValid() {
		f = r.methods[id]["UnmarshalText"]
		var text string
		if !f.IsValid() || json.Unmarshal(data, &text) != nil || string(data) == "null" {
			return false, nil
		}
		arg = []byte(text)
	}
	out := f.Call([]reflect.Value{v.Addr(), reflect.ValueOf(slices.Clone(arg))})
	err, _ = out[0].Interface().(error)
	return true, err
}

func kindOf(data []byte) string {
	switch data[0] {
	case '{':
		return "object"
	case '[':
		return "array"
	case '"':
		return "string"
	case 't', 'f':
		return "bool"
	}
	return "number"
}

func (p decodePath) mismatch(data []byte, t types.Type) error {
	return p.wrap(&json.UnmarshalTypeError{Value: kindOf(data)}, t)
}

func (r *Runtime) decodeStruct(data []byte, v reflect.Value, t types.Type, s *types.Struct, at decodePath) error {
	if data[0] != '{' {
		return at.mismatch(data, t)
	}
	fields := jsonFields(s)
	at.owner = ownName(t)
	return members(data, func(name string, raw json.RawMessage) error {
		f, ok := findField(fields, name)
		switch {
		case !ok && at.options.strict:
			return fmt.Errorf("json: unknown field %q", name)
		case !ok:
			return nil
		}
		if f.quoted && string(raw) != "null" {
			text, err := f.unquote(raw)
			if err != nil {
				return err
			}
			raw = text
		}
		field, _ := f.at(v, true)
		return r.decode(raw, field, f.typ, at.in(f.name))
	})
}

// unquote takes the value of a field with the option string out of its string.
func (f jsonField) unquote(raw json.RawMessage) (json.RawMessage, error) {
	const invalid = "json: invalid use of ,string struct tag, trying to unmarshal "
	var text string
	if json.Unmarshal(raw, &text) != nil {
		return nil, fmt.Errorf(invalid+"unquoted value into %s", typeString(f.typ))
	}
	inner := f.typ
	if ptr, ok := types.Unalias(inner).(*types.Pointer); ok {
		inner = ptr.Elem()
	}
	if !fits(text, inner.Underlying().(*types.Basic).Info()) {
		return nil, fmt.Errorf(invalid+"%q into %s", text, typeString(inner))
	}
	return json.RawMessage(text), nil
}

// fits says whether text is JSON of a basic kind, or null.
func fits(text string, kind types.BasicInfo) bool {
	if !json.Valid([]byte(text)) || text != strings.TrimSpace(text) {
		return false
	}
	switch kindOf([]byte(text)) {
	case "string":
		return kind&types.IsString != 0
	case "bool":
		return kind&types.IsBoolean != 0
	case "number":
		return text == "null" || kind&(types.IsInteger|types.IsFloat) != 0
	}
	return false
}

func findField(fields []jsonField, name string) (jsonField, bool) {
	for _, f := range fields {
		if f.name == name {
			return f, true
		}
	}
	for _, f := range fields {
		if strings.EqualFold(f.name, name) {
			return f, true
		}
	}
	return jsonField{}, false
}

// members calls f for each member of an object in order and returns the first error.
func members(data []byte, f func(name string, raw json.RawMessage) error) error {
	d := json.NewDecoder(bytes.NewReader(data))
	if _, err := d.Token(); err != nil {
		return err
	}
	var first error
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return err
		}
		if err := f(key.(string), raw); err != nil && first == nil {
			first = err
		}
	}
	return first
}

func (r *Runtime) decodeMap(data []byte, v reflect.Value, t types.Type, m *types.Map, at decodePath) error {
	if data[0] != '{' {
		return at.mismatch(data, t)
	}
	if v.IsNil() {
		v.Set(reflect.MakeMap(v.Type()))
	}
	return members(data, func(name string, raw json.RawMessage) error {
		key := reflect.New(v.Type().Key()).Elem()
		if err := r.decodeKey(name, key, m.Key(), at); err != nil {
			return err
		}
		elem := reflect.New(v.Type().Elem()).Elem()
		err := r.decode(raw, elem, m.Elem(), at)
		v.SetMapIndex(key, elem)
		return err
	})
}

func (r *Runtime) decodeKey(name string, key reflect.Value, t types.Type, at decodePath) error {
	if key.Kind() == reflect.String {
		key.SetString(name)
		return nil
	}
	quoted, err := json.Marshal(name)
	if err != nil {
		return err
	}
	if done, err := r.decodeByMethod(quoted, key, t); done {
		return err
	}
	return at.wrap(json.Unmarshal([]byte(name), key.Addr().Interface()), t)
}

func elements(data []byte) ([]json.RawMessage, error) {
	var list []json.RawMessage
	err := json.Unmarshal(data, &list)
	return list, err
}

func (r *Runtime) decodeSlice(data []byte, v reflect.Value, t types.Type, s *types.Slice, at decodePath) error {
	if data[0] != '[' {
		if v.Type().Elem().Kind() == reflect.Uint8 && data[0] == '"' {
			return at.wrap(at.options.unmarshal(data, v.Addr().Interface()), t)
		}
		return at.mismatch(data, t)
	}
	list, err := elements(data)
	if err != nil {
		return err
	}
	if v.Cap() < len(list) {
		v.Grow(len(list) - v.Len())
	}
	v.SetLen(len(list)) // what the array holds is decoded into
	if len(list) == 0 {
		v.Set(reflect.MakeSlice(v.Type(), 0, 0))
	}
	var first error
	for i, raw := range list {
		if err := r.decode(raw, v.Index(i), s.Elem(), at); err != nil && first == nil {
			first = err
		}
	}
	return first
}

func (r *Runtime) decodeArray(data []byte, v reflect.Value, t types.Type, a *types.Array, at decodePath) error {
	if data[0] != '[' {
		return at.mismatch(data, t)
	}
	list, err := elements(data)
	if err != nil {
		return err
	}
	for i := range v.Len() {
		if i >= len(list) {
			v.Index(i).SetZero()
		} else if err := r.decode(list[i], v.Index(i), a.Elem(), at); err != nil {
			return err
		}
	}
	return nil
}
