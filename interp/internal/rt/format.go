package rt

import (
	"fmt"
	"go/types"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unsafe"
)

// Format prints the boxed value as fmt prints one that stands inside another.
func (b Box) Format(s fmt.State, verb rune) { b.r.print(s, verb, b, 1) }

// topBox is a boxed operand of a printing function itself: a pointer to a struct shows the struct.
type topBox struct{ Box }

func (b topBox) Format(s fmt.State, verb rune) { b.r.print(s, verb, b.Box, 0) }

func (r *Runtime) print(s fmt.State, verb rune, b Box, depth int) {
	p := printer{r: r, s: s, verb: verb, layout: fmt.FormatString(s, verb)}
	p.value(b.reflectValue(), b.typ(), depth, true)
}

// printer prints the parts of one operand. It follows printValue of package fmt.
type printer struct {
	r      *Runtime
	s      fmt.State
	verb   rune
	layout string // the verb with its flags
}

func (p printer) write(text string) { _, _ = io.WriteString(p.s, text) }

func (p printer) sharp() bool { return p.verb == 'v' && p.s.Flag('#') }
func (p printer) plus() bool  { return p.verb == 'v' && p.s.Flag('+') }

// value prints v, of type t. Methods are called only on what is exported.
func (p printer) value(v reflect.Value, t types.Type, depth int, exported bool) {
	if p.verb != 'p' && exported && p.methods(v, t) {
		return
	}
	if p.r.program.isNative(t) && !types.IsInterface(t) {
		p.native(v, depth, exported)
		return
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		p.structValue(v, t, u, depth)
	case *types.Map:
		p.mapValue(v, t, u, depth, exported)
	case *types.Slice:
		p.list(v, t, u.Elem(), depth, exported)
	case *types.Array:
		p.list(v, t, u.Elem(), depth, exported)
	case *types.Pointer:
		p.pointer(v, t, u.Elem(), depth, exported)
	case *types.Interface:
		p.dynamic(v, t, depth, exported)
	case *types.Signature, *types.Chan:
		p.address(v, t)
	default:
		p.basic(v, t)
	}
}

func (p printer) basic(v reflect.Value, t types.Type) {
	if strings.ContainsRune(validVerbs(v.Kind()), p.verb) {
		fmt.Fprintf(p.s, p.layout, v.Interface())
		return
	}
	p.bad(typeString(t), plainVerb(v.Kind()), v.Interface())
}

// bad prints a value for which fmt has no such verb, by another one with the same flags.
func (p printer) bad(typeName, verb string, v any) {
	p.write(fmt.Sprintf("%%!%c(%s=", p.verb, typeName))
	fmt.Fprintf(p.s, strings.TrimSuffix(p.layout, string(p.verb))+verb, v)
	p.write(")")
}

// plainVerb prints a basic kind as %v does, but leaves the flags their meaning.
func plainVerb(k reflect.Kind) string {
	switch k {
	case reflect.Bool:
		return "t"
	case reflect.String:
		return "s"
	case reflect.Float32, reflect.Float64, reflect.Complex64, reflect.Complex128:
		return "g"
	}
	return "d"
}

// validVerbs are the verbs that fmt knows for a basic kind.
func validVerbs(k reflect.Kind) string {
	switch k {
	case reflect.Bool:
		return "vt"
	case reflect.String:
		return "vsxXq"
	case reflect.Float32, reflect.Float64, reflect.Complex64, reflect.Complex128:
		return "vbgGxXfFeE"
	}
	return "vbcdoOqUxX"
}

// native prints a value that fmt can print by itself.
func (p printer) native(v reflect.Value, depth int, exported bool) {
	if depth > 0 && v.Kind() == reflect.Pointer {
		if exported && isMethodType(v.Type()) {
			fmt.Fprintf(p.s, p.layout, v.Interface())
			return
		}
		p.address(v, nil)
		return
	}
	if !exported {
		fmt.Fprintf(p.s, p.layout, readOnly(v))
		return
	}
	fmt.Fprintf(p.s, p.layout, v) // as a reflect.Value, fmt takes it for a part
}

func isMethodType(t reflect.Type) bool {
	for _, i := range []reflect.Type{errorType, reflect.TypeFor[fmt.Stringer](), reflect.TypeFor[fmt.Formatter]()} {
		if t.Implements(i) {
			return true
		}
	}
	return false
}

// readOnly is v as a value of an unexported field, whose methods fmt does not call.
func readOnly(v reflect.Value) reflect.Value {
	t := reflect.StructOf([]reflect.StructField{{Name: "x", PkgPath: "main", Type: v.Type()}})
	w := reflect.New(t)
	reflect.NewAt(v.Type(), unsafe.Pointer(w.Pointer())).Elem().Set(v)
	return w.Elem().Field(0)
}

// methods prints v by one of its methods, if it has one that is meant for it.
func (p printer) methods(v reflect.Value, t types.Type) (done bool) {
	id, ok := p.r.program.id(t)
	if !ok || p.r.methods[id] == nil {
		return false
	}
	m := p.r.methods[id]
	if f, ok := m["Format"]; ok && f.Type().NumIn() == 3 {
		defer p.caught(v, "Format")
		done = true
		f.Call([]reflect.Value{v, reflect.ValueOf(p.s), reflect.ValueOf(p.verb)})
		return done
	}
	names := []string{"Error", "String"}
	if p.sharp() {
		names = []string{"GoString"}
	} else if !strings.ContainsRune("vsxXq", p.verb) {
		return false
	}
	for _, name := range names {
		if f, ok := m[name]; ok && returnsString(f.Type()) {
			defer p.caught(v, name)
			done = true
			text := f.Call([]reflect.Value{v})[0].String()
			if p.sharp() {
				p.write(text)
			} else {
				fmt.Fprintf(p.s, p.layout, text)
			}
			return true
		}
	}
	return false
}

func returnsString(t reflect.Type) bool {
	return t.NumIn() == 1 && t.NumOut() == 1 && t.Out(0).Kind() == reflect.String
}

// caught prints a panic of a method as fmt does.
func (p printer) caught(v reflect.Value, name string) {
	x := recover()
	if x == nil {
		return
	}
	if _, ok := x.(Overflow); ok {
		panic(x)
	}
	if v.Kind() == reflect.Pointer && v.IsNil() {
		p.write("<nil>")
		return
	}
	p.write(fmt.Sprintf("%%!%c(PANIC=%s method: %v)", p.verb, name, Panic(x)))
}

func (p printer) structValue(v reflect.Value, t types.Type, s *types.Struct, depth int) {
	if p.sharp() {
		p.write(typeString(t))
	}
	p.write("{")
	for i := range s.NumFields() {
		if i > 0 {
			if p.sharp() {
				p.write(", ")
			} else {
				p.write(" ")
			}
		}
		f := s.Field(i)
		if p.plus() || p.sharp() {
			p.write(f.Name() + ":")
		}
		p.value(v.Field(i), f.Type(), depth+1, f.Exported())
	}
	p.write("}")
}

func (p printer) mapValue(v reflect.Value, t types.Type, m *types.Map, depth int, exported bool) {
	if p.sharp() {
		p.write(typeString(t))
		if v.IsNil() {
			p.write("(nil)")
			return
		}
		p.write("{")
	} else {
		p.write("map[")
	}
	keys := v.MapKeys()
	slices.SortFunc(keys, compareValues)
	for i, k := range keys {
		if i > 0 {
			p.write(map[bool]string{true: ", ", false: " "}[p.sharp()])
		}
		p.value(k, m.Key(), depth+1, exported)
		p.write(":")
		p.value(v.MapIndex(k), m.Elem(), depth+1, exported)
	}
	p.write(map[bool]string{true: "}", false: "]"}[p.sharp()])
}

func (p printer) list(v reflect.Value, t, elem types.Type, depth int, exported bool) {
	if strings.ContainsRune("sqxX", p.verb) && v.Type().Elem().Kind() == reflect.Uint8 {
		fmt.Fprintf(p.s, p.layout, v.Interface())
		return
	}
	opening, sep, closing := "[", " ", "]"
	if p.sharp() {
		p.write(typeString(t))
		if v.Kind() == reflect.Slice && v.IsNil() {
			p.write("(nil)")
			return
		}
		opening, sep, closing = "{", ", ", "}"
	}
	p.write(opening)
	for i := range v.Len() {
		if i > 0 {
			p.write(sep)
		}
		p.value(v.Index(i), elem, depth+1, exported)
	}
	p.write(closing)
}

func (p printer) pointer(v reflect.Value, t, elem types.Type, depth int, exported bool) {
	if depth == 0 && !v.IsNil() && p.verb != 'p' {
		switch elem.Underlying().(type) {
		case *types.Array, *types.Slice, *types.Struct, *types.Map:
			p.write("&")
			p.value(v.Elem(), elem, depth+1, exported)
			return
		}
	}
	p.address(v, t)
}

// address prints a pointer, function or channel.
func (p printer) address(v reflect.Value, t types.Type) {
	name := v.Type().String()
	if t != nil {
		name = typeString(t)
	}
	switch {
	case p.sharp():
		if v.IsNil() {
			p.write("(" + name + ")(nil)")
			return
		}
		p.write(fmt.Sprintf("(%s)(%#x)", name, v.Pointer()))
	case p.verb == 'v' && v.IsNil():
		fmt.Fprintf(p.s, p.layout, nil)
	case p.verb == 'v' || p.verb == 'p':
		p.write(fmt.Sprintf("%#x", v.Pointer()))
	case strings.ContainsRune("bodxX", p.verb):
		fmt.Fprintf(p.s, p.layout, v.Pointer())
	case v.IsNil():
		p.bad(name, "v", nil)
	default:
		p.bad(name, "v", v.UnsafePointer())
	}
}

// dynamic prints what an interface holds.
func (p printer) dynamic(v reflect.Value, t types.Type, depth int, exported bool) {
	if v.IsNil() {
		if p.sharp() {
			p.write(typeString(t) + "(nil)")
		} else {
			p.write("<nil>")
		}
		return
	}
	if b, ok := unbox(v.Interface()); ok {
		p.value(b.reflectValue(), b.typ(), depth+1, exported)
		return
	}
	p.native(reflect.ValueOf(v.Interface()), depth+1, exported)
}

// operands prepares the arguments of a printing function.
func operands(args []any) []any {
	out := make([]any, len(args))
	for i, a := range args {
		if b, ok := unbox(a); ok {
			out[i] = topBox{b}
		} else {
			out[i] = a
		}
	}
	return out
}

// formatOperands is operands for a format, where %T must name the program's own types, and %w
// must find errors.
func (r *Runtime) formatOperands(format string, args []any) (string, []any) {
	out := operands(args)
	if !strings.Contains(format, "%") {
		return format, out
	}
	var b strings.Builder
	next := 0
	for i := 0; i < len(format); i++ {
		b.WriteByte(format[i])
		if format[i] != '%' {
			continue
		}
		start := i + 1
		for i++; i < len(format) && strings.IndexByte("+-# 0123456789.*[]", format[i]) >= 0; i++ {
			next = operandIndex(format, i, next)
		}
		if i >= len(format) {
			b.WriteString(format[start:])
			break
		}
		verb := format[i]
		b.WriteString(format[start:i])
		if verb != '%' {
			verb = r.operand(verb, next, args, out)
			next++
		}
		b.WriteByte(verb)
	}
	return b.String(), out
}

// operandIndex follows stars and explicit indexes of a verb.
func operandIndex(format string, i, next int) int {
	switch format[i] {
	case '*':
		return next + 1
	case '[':
		if end := strings.IndexByte(format[i:], ']'); end > 0 {
			if n, err := strconv.Atoi(format[i+1 : i+end]); err == nil {
				return n - 1
			}
		}
	}
	return next
}

// operand adjusts one operand to its verb and returns the verb to use.
func (r *Runtime) operand(verb byte, i int, args, out []any) byte {
	if i < 0 || i >= len(args) {
		return verb
	}
	b, ok := unbox(args[i])
	switch {
	case verb == 'T' && ok:
		out[i] = typeString(b.typ())
		return 's'
	case verb == 'T' && args[i] != nil && strings.Contains(reflect.TypeOf(args[i]).String(), "rt."):
		return 'T'
	case verb == 'w' && ok:
		out[i] = args[i]
		if _, isError := args[i].(error); !isError && b.method("Error").IsValid() {
			out[i] = errorBox{b}
		}
	}
	return verb
}

// qualifier is how a type's name begins: reflection has names of packages, but their paths in the
// arguments of a generic type.
type qualifier func(*types.Package) string

// reflectString names a type as reflection would.
func (q qualifier) reflectString(t types.Type) string {
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		if t.Obj().Pkg() == nil {
			return t.Obj().Name()
		}
		return q(t.Obj().Pkg()) + "." + t.Obj().Name() + typeArguments(t)
	case *types.Pointer:
		return "*" + q.reflectString(t.Elem())
	case *types.Slice:
		return "[]" + q.reflectString(t.Elem())
	case *types.Array:
		return fmt.Sprintf("[%d]%s", t.Len(), q.reflectString(t.Elem()))
	case *types.Map:
		return "map[" + q.reflectString(t.Key()) + "]" + q.reflectString(t.Elem())
	case *types.Chan:
		return [...]string{"chan ", "chan<- ", "<-chan "}[t.Dir()] + q.reflectString(t.Elem())
	case *types.Interface:
		return q.interfaceString(t)
	case *types.Struct:
		return q.structString(t)
	case *types.Signature:
		return "func" + q.signatureString(t)
	case *types.Basic:
		return types.Typ[t.Kind()].Name() // byte and rune are other names
	}
	return t.String()
}

// typeArguments prints type arguments as the compiler names instances.
func typeArguments(t *types.Named) string {
	if t.TypeArgs().Len() == 0 {
		return ""
	}
	var parts []string
	for a := range t.TypeArgs().Types() {
		parts = append(parts, qualifier((*types.Package).Path).reflectString(a))
	}
	return "[" + strings.Join(parts, ",") + "]"
}

func (q qualifier) interfaceString(t *types.Interface) string {
	if t.Empty() {
		return "interface {}"
	}
	var parts []string
	for m := range t.Methods() {
		parts = append(parts, m.Name()+q.signatureString(m.Signature()))
	}
	return "interface { " + strings.Join(parts, "; ") + " }"
}

func (q qualifier) structString(t *types.Struct) string {
	if t.NumFields() == 0 {
		return "struct {}"
	}
	var parts []string
	for i := range t.NumFields() {
		f := t.Field(i)
		text := f.Name() + " " + q.reflectString(f.Type())
		if f.Embedded() {
			text = q.reflectString(f.Type())
		}
		if tag := t.Tag(i); tag != "" {
			text += " " + strconv.Quote(tag)
		}
		parts = append(parts, text)
	}
	return "struct { " + strings.Join(parts, "; ") + " }"
}

func (q qualifier) signatureString(t *types.Signature) string {
	var in, out []string
	for v := range t.Params().Variables() {
		in = append(in, q.reflectString(v.Type()))
	}
	if t.Variadic() {
		in[len(in)-1] = "..." + strings.TrimPrefix(in[len(in)-1], "[]")
	}
	for v := range t.Results().Variables() {
		out = append(out, q.reflectString(v.Type()))
	}
	text := "(" + strings.Join(in, ", ") + ")"
	switch len(out) {
	case 0:
		return text
	case 1:
		return text + " " + out[0]
	}
	return text + " (" + strings.Join(out, ", ") + ")"
}
