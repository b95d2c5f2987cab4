package jsbridge

import (
	"reflect"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/token"
)

// absent are globals of browsers and Node that a plugin looks for in vain.
var absent = map[string]bool{
	"window": true, "document": true, "navigator": true, "location": true, "localStorage": true, "sessionStorage": true,
	"indexedDB": true, "XMLHttpRequest": true, "WebSocket": true, "Worker": true, "SharedWorker": true, "Blob": true, "File": true,
	"FormData": true, "FileReader": true, "ReadableStream": true, "WritableStream": true, "TransformStream": true, "MessageChannel": true,
	"BroadcastChannel": true, "WebAssembly": true, "SharedArrayBuffer": true, "Atomics": true, "Image": true, "alert": true,
	"requestAnimationFrame": true, "Deno": true, "Bun": true,
}

// services are the members of meta that outlive a call or reach out of it.
var services = map[string]bool{"storage": true, "cache": true, "cursor": true, "jobs": true, "geoip": true}

// moduleNames is what the names of a module stand for.
type moduleNames struct {
	own    map[string]bool    // variables that the module declares anywhere
	stands map[string]UseKind // names of variables that hold meta.config or meta.attachments
	asked  map[string]bool    // names whose existence is asked for with typeof
	fetch  map[string]bool    // names of variables that hold the package node-fetch
}

// containers are the members of meta whose members are keys.
var containers = map[string]UseKind{"config": UseConfig, "attachments": UseAttachment}

// namesOf looks through a module for what its names stand for.
func namesOf(m *module) moduleNames {
	n := moduleNames{own: map[string]bool{}, stands: map[string]UseKind{}, asked: map[string]bool{}, fetch: map[string]bool{}}
	shadowed := map[string]bool{}
	walk(reflect.ValueOf(m.tree.Body), func(node any) bool {
		switch node := node.(type) {
		case *ast.Binding:
			targetNames(node.Target, n.own)
			n.binding(node, shadowed)
		case *ast.ObjectPattern:
			n.pattern(node)
		case *ast.FunctionLiteral:
			if node.Name != nil {
				n.own[string(node.Name.Name)] = true
			}
		case *ast.ClassDeclaration:
			n.own[string(node.Class.Name.Name)] = true
		case *ast.UnaryExpression:
			if id, ok := node.Operand.(*ast.Identifier); ok && node.Operator == token.TYPEOF {
				n.asked[string(id.Name)] = true
			}
		}
		return true
	})
	for name, kind := range containers {
		if !shadowed[name] {
			n.stands[name] = kind
		}
	}
	return n
}

// binding follows const c = meta.config, and finds names that mean something of the plugin's own.
func (n *moduleNames) binding(b *ast.Binding, shadowed map[string]bool) {
	id, ok := b.Target.(*ast.Identifier)
	if !ok || b.Initializer == nil {
		return
	}
	name := string(id.Name)
	if call, ok := b.Initializer.(*ast.CallExpression); ok {
		if spec, ok := requireOf(call); ok && spec == "node-fetch" {
			n.fetch[name] = true
		}
	}
	if kind, ok := memberOfMeta(b.Initializer); ok {
		n.stands[name] = kind
	} else if containers[name] != "" {
		shadowed[name] = true
	}
}

// pattern follows { config: c }.
func (n *moduleNames) pattern(p *ast.ObjectPattern) {
	for _, property := range p.Properties {
		keyed, ok := property.(*ast.PropertyKeyed)
		if !ok {
			continue
		}
		if id, ok := keyed.Value.(*ast.Identifier); ok && containers[keyName(keyed.Key)] != "" {
			n.stands[string(id.Name)] = containers[keyName(keyed.Key)]
		}
	}
}

// memberOfMeta recognises meta.config: a member of that name of a plain variable.
func memberOfMeta(e ast.Expression) (UseKind, bool) {
	dot, ok := bareExpression(e).(*ast.DotExpression)
	if !ok {
		return "", false
	}
	base, ok := bareExpression(dot.Left).(*ast.Identifier)
	kind := containers[string(dot.Identifier.Name)]
	return kind, ok && kind != "" && base.Name != "global" && base.Name != "globalThis"
}

// container says what an expression holds, if it is meta.config or meta.attachments.
func (n *moduleNames) container(e ast.Expression) (UseKind, bool) {
	e = bareExpression(e)
	if id, ok := e.(*ast.Identifier); ok {
		kind, ok := n.stands[string(id.Name)]
		return kind, ok
	}
	return memberOfMeta(e)
}

// bareExpression takes optional chaining off.
func bareExpression(e ast.Expression) ast.Expression {
	for {
		switch n := e.(type) {
		case *ast.Optional:
			e = n.Expression
		case *ast.OptionalChain:
			e = n.Expression
		default:
			return e
		}
	}
}

// uses looks for uses below v.
func (x *inspector) uses(m *module, names moduleNames, v reflect.Value, hooks []string) {
	add := func(at file.Idx, kind UseKind, name string) { x.add(m.tree, at, kind, name, hooks) }
	walk(v, func(node any) bool {
		switch n := node.(type) {
		case *ast.DotExpression:
			if kind, ok := names.container(n.Left); ok {
				add(n.Identifier.Idx, kind, string(n.Identifier.Name))
				return false
			}
			if _, ok := memberOfMeta(n); ok {
				return false // looked at by whoever uses it
			}
			x.member(n, add)
		case *ast.BracketExpression:
			x.bracket(n, names, add)
		case *ast.Binding:
			x.destructured(n.Target, n.Initializer, names, add)
		case *ast.AssignExpression:
			x.destructured(n.Left, n.Right, names, add)
		case *ast.ObjectPattern:
			x.nested(n, add)
			for _, p := range n.Properties {
				switch p := p.(type) {
				case *ast.PropertyShort:
					x.service(string(p.Name.Name), p.Name.Idx, add)
				case *ast.PropertyKeyed:
					x.service(keyName(p.Key), p.Key.Idx0(), add)
				}
			}
		case *ast.CallExpression:
			x.call(n, names, add)
		case *ast.ReturnStatement:
			x.handedOn(n.Argument, names)
		case *ast.SpreadElement:
			x.handedOn(n.Expression, names)
		case *ast.ForInStatement:
			x.handedOn(n.Source, names)
		case *ast.ObjectLiteral:
			x.inObject(n, names)
		case *ast.RegExpLiteral:
			if backtracking.MatchString(n.Pattern) {
				add(n.Idx, UsePattern, n.Literal)
			}
		case *ast.Identifier:
			if name := string(n.Name); absent[name] && !names.own[name] && !names.asked[name] {
				add(n.Idx, UseAbsent, name)
			}
		}
		return true
	})
}

// member looks at a member that is no key.
func (x *inspector) member(n *ast.DotExpression, add func(file.Idx, UseKind, string)) {
	base, ok := bareExpression(n.Left).(*ast.Identifier)
	if !ok {
		return
	}
	switch name := string(n.Identifier.Name); {
	case base.Name == "console":
		add(n.Idx0(), UseLog, name)
	case base.Name == "posthog" && name == "api":
		add(n.Idx0(), UseHostAPI, "posthog.api")
	case base.Name != "global" && base.Name != "globalThis":
		x.service(name, n.Identifier.Idx, add)
	}
}

func (x *inspector) service(name string, at file.Idx, add func(file.Idx, UseKind, string)) {
	if services[name] {
		add(at, UseService, name)
	}
}

// bracket looks at config['key'] and config[key].
func (x *inspector) bracket(n *ast.BracketExpression, names moduleNames, add func(file.Idx, UseKind, string)) {
	kind, ok := names.container(n.Left)
	if !ok {
		return
	}
	if text, ok := n.Member.(*ast.StringLiteral); ok {
		add(text.Idx, kind, string(text.Value))
		return
	}
	x.out.ConfigElsewhere = true
}

// destructured looks at const { key } = config, and at config that is put into a variable or member
// under which it is not followed.
func (x *inspector) destructured(target, value ast.Expression, names moduleNames, add func(file.Idx, UseKind, string)) {
	if value == nil {
		return
	}
	kind, ok := names.container(value)
	pattern, isPattern := target.(*ast.ObjectPattern)
	switch id, isName := target.(*ast.Identifier); {
	case !ok:
	case isPattern:
		x.keys(pattern, kind, add)
	case !isName || names.stands[string(id.Name)] == "":
		x.out.ConfigElsewhere = true
	}
}

// nested looks at { config: { key } }.
func (x *inspector) nested(p *ast.ObjectPattern, add func(file.Idx, UseKind, string)) {
	for _, property := range p.Properties {
		keyed, ok := property.(*ast.PropertyKeyed)
		if !ok {
			continue
		}
		value := keyed.Value
		if assign, ok := value.(*ast.AssignExpression); ok { // { config: {…} = {} }
			value = assign.Left
		}
		if inner, ok := value.(*ast.ObjectPattern); ok && containers[keyName(keyed.Key)] != "" {
			x.keys(inner, containers[keyName(keyed.Key)], add)
		}
	}
}

// keys notes the names that a pattern takes out of config.
func (x *inspector) keys(p *ast.ObjectPattern, kind UseKind, add func(file.Idx, UseKind, string)) {
	for _, property := range p.Properties {
		switch property := property.(type) {
		case *ast.PropertyShort:
			add(property.Name.Idx, kind, string(property.Name.Name))
		case *ast.PropertyKeyed:
			if property.Computed {
				x.out.ConfigElsewhere = true
			} else {
				add(property.Key.Idx0(), kind, keyName(property.Key))
			}
		}
	}
	if p.Rest != nil {
		x.out.ConfigElsewhere = true
	}
}

// call looks at fetch(…), and at config among the arguments.
func (x *inspector) call(n *ast.CallExpression, names moduleNames, add func(file.Idx, UseKind, string)) {
	if names.isFetch(n.Callee) {
		add(n.Idx0(), UseFetch, "fetch")
	}
	for _, arg := range n.ArgumentList {
		x.handedOn(arg, names)
	}
}

// isFetch recognises fetch, and node-fetch as compiled modules call it: (0, module.default)(…).
func (n *moduleNames) isFetch(callee ast.Expression) bool {
	switch c := callee.(type) {
	case *ast.Identifier:
		return c.Name == "fetch" && !n.own["fetch"] || n.fetch[string(c.Name)]
	case *ast.SequenceExpression:
		return n.isFetch(c.Sequence[len(c.Sequence)-1])
	case *ast.DotExpression:
		base, ok := c.Left.(*ast.Identifier)
		return ok && c.Identifier.Name == "default" && n.fetch[string(base.Name)]
	}
	return false
}

// handedOn notes that config goes where it is not followed.
func (x *inspector) handedOn(e ast.Expression, names moduleNames) {
	if _, ok := names.container(e); ok {
		x.out.ConfigElsewhere = true
	}
}

func (x *inspector) inObject(n *ast.ObjectLiteral, names moduleNames) {
	for _, p := range n.Value {
		switch p := p.(type) {
		case *ast.PropertyKeyed:
			x.handedOn(p.Value, names)
		case *ast.PropertyShort:
			x.handedOn(&p.Name, names)
		}
	}
}
