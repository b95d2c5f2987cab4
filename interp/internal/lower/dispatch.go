package lower

import (
	"fmt"
	"go/types"
	"slices"
	"strings"
)

// dispatcher is the function that calls a method through an interface of the program.
type dispatcher struct {
	name string
	fn   *types.Func
	sig  *types.Signature
}

func (p *program) dispatcher(fn *types.Func, s substitution) *dispatcher {
	sig := s.apply(fn.Signature()).(*types.Signature)
	key := fn.Id() + fmt.Sprint(p.typeID(types.NewSignatureType(nil, nil, nil, sig.Params(), sig.Results(), sig.Variadic())))
	d := p.dispatch[key]
	if d == nil {
		d = &dispatcher{name: p.unique("D" + fn.Name()), fn: fn, sig: sig}
		p.dispatch[key] = d
		p.order = append(p.order, d)
		p.out.Funcs[d.name] = ""
	}
	return d
}

// methodOf returns the function by which a boxed type has the dispatcher's method, if it has it.
func (p *program) methodOf(t types.Type, d *dispatcher) (*types.Func, bool) {
	sel := types.NewMethodSet(t).Lookup(d.fn.Pkg(), d.fn.Name())
	if sel == nil {
		return nil, false
	}
	fn := sel.Obj().(*types.Func)
	return fn, types.Identical(stripRecv(fn.Signature()), stripRecv(d.sig))
}

func stripRecv(s *types.Signature) *types.Signature {
	return types.NewSignatureType(nil, nil, nil, s.Params(), s.Results(), s.Variadic())
}

// needMethods makes the functions that dispatchers and the host will call.
func (p *program) needMethods() {
	for id := 0; id < len(p.types); id++ {
		if !p.types[id].Boxed {
			continue
		}
		t := p.types[id].Type
		for i := 0; i < len(p.order); i++ {
			if _, ok := p.methodOf(t, p.order[i]); ok {
				p.thunk(id, p.order[i].fn.Name(), p.order[i].fn.Pkg())
			}
		}
		set := types.NewMethodSet(t)
		for i := range set.Len() {
			if m := set.At(i).Obj(); p.wanted[m.Name()] {
				p.thunk(id, m.Name(), m.Pkg())
			}
		}
	}
}

// thunk returns the function that calls a method with the receiver as its first parameter.
func (p *program) thunk(id int, name string, from *types.Package) string {
	key := fmt.Sprintf("%d.%s", id, name)
	if thunk, ok := p.thunks[key]; ok {
		return thunk
	}
	t := p.types[id].Type
	fn := types.NewMethodSet(t).Lookup(from, name).Obj().(*types.Func)
	thunk := p.unique("T" + name)
	p.thunks[key] = thunk
	p.out.Funcs[thunk] = ""
	pkg := p.packages[fn.Pkg()]
	if pkg == nil {
		pkg = p.in.Packages[0]
	}
	f := p.function(pkg, nil)
	sig := fn.Signature()
	params := []string{"r " + p.typ(t)}
	var names []string
	for v := range sig.Params().Variables() {
		names = append(names, p.unique("p"))
		params = append(params, names[len(names)-1]+" "+p.typ(v.Type()))
	}
	lines := f.capture(func() {
		c, _ := f.method("r", t, name, from)
		c.args = append(c.args, names...)
		c.spread = sig.Variadic() && !c.own
		f.returnCall(c, sig.Results().Len())
	})
	var out []string
	for v := range sig.Results().Variables() {
		out = append(out, p.typ(v.Type()))
	}
	fmt.Fprintf(&p.text, "func %s(%s)%s {\n%s\n}\n", thunk, strings.Join(params, ", "), results(out), strings.Join(lines, "\n"))
	return thunk
}

// registerMethods tells the host the methods that it may call.
func (p *program) registerMethods() []string {
	var lines []string
	for id := range p.types {
		if !p.types[id].Boxed {
			continue
		}
		set := types.NewMethodSet(p.types[id].Type)
		for i := range set.Len() {
			m := set.At(i).Obj()
			if !p.wanted[m.Name()] {
				continue
			}
			v := p.unique("x")
			lines = append(lines, fmt.Sprintf("%s := %s", v, p.thunk(id, m.Name(), m.Pkg())), fmt.Sprintf("rt.Method(%d, %q, %s)", id, m.Name(), v))
		}
	}
	return lines
}

// writeDispatchers writes the dispatchers; all types are known now.
func (p *program) writeDispatchers() {
	for _, d := range p.order {
		p.writeDispatcher(d)
	}
}

func (p *program) writeDispatcher(d *dispatcher) {
	params := []string{"x interface{}"}
	var names, out []string
	for v := range d.sig.Params().Variables() {
		names = append(names, p.unique("p"))
		params = append(params, names[len(names)-1]+" "+p.typ(v.Type()))
	}
	for v := range d.sig.Results().Variables() {
		out = append(out, p.typ(v.Type()))
	}
	f := p.function(nil, nil)
	f.emit("switch rt.TypeID(x) {")
	for id := range p.types {
		if !p.types[id].Boxed {
			continue
		}
		if _, ok := p.methodOf(p.types[id].Type, d); !ok {
			continue
		}
		f.emit("case %d:", id)
		v, w := p.unique("v"), p.unique("w") // the interpreter mixes up equal names of two clauses
		if isEmptyStruct(p.types[id].Type) {
			f.emit("var %s %s", w, p.typ(p.types[id].Type))
		} else {
			f.emit("%s := rt.Val(x)", v)
			f.emit("%s := %s.(%s)", w, v, p.typ(p.types[id].Type))
		}
		c := callee{text: p.thunk(id, d.fn.Name(), d.fn.Pkg()), args: slices.Concat([]string{w}, names)}
		f.returnCall(c, len(out))
		if len(out) == 0 {
			f.emit("return")
		}
	}
	f.emit("}")
	p.dispatchCompiled(f, d, names, len(out))
	fmt.Fprintf(&p.text, "func %s(%s)%s {\n%s\n}\n", d.name, strings.Join(params, ", "), results(out), strings.Join(f.lines, "\n"))
}

// dispatchCompiled calls the method of a value of a compiled type.
func (p *program) dispatchCompiled(f *function, d *dispatcher, names []string, results int) {
	typ := "func" + p.signature(d.sig)
	f.emit("h := rt.HostMethod(x, %q)", d.fn.Name())
	f.emit("m := h.(%s)", typ)
	f.returnCall(callee{text: "m", args: names}, results)
}
