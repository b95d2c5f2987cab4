package jsbridge

import (
	"maps"
	"reflect"
	"slices"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/token"

	"github.com/plugreel/plugreel/sdk"
)

// finding is a place where a plugin may remember something from one event to the next.
type finding struct {
	position
	state sdk.State
	what  string
}

// eventHooks are the hooks that see events: what they reach decides a plugin's state.
var eventHooks = []string{sdk.HookProcessEvent, "processEventBatch", sdk.HookOnEvent, sdk.HookComposeWebhook, "exportEvents"}

// findState looks through the modules for what a plugin remembers. It follows names, not values,
// and errs towards state: to be taken for stateful costs a plugin a worker, to be taken for
// stateless would cost the user the right result.
//
// A function counts if an event hook can reach it: a unit is an outermost function, and it reaches
// the units whose names it mentions. Setup may write what it likes.
func findState(modules []*module) []finding {
	c := collector{called: map[string]bool{}}
	for _, m := range modules {
		if m.tree != nil {
			c.module(m)
		}
	}
	for _, u := range c.units {
		u.calledAtLoad = u.calledAtLoad || c.called[u.name]
	}
	var found []finding
	for _, u := range reachable(c.units) {
		found = append(found, u.findings()...)
	}
	return found
}

// unit is an outermost function of a module, or what the module assigns to the name of a hook.
type unit struct {
	tree    *ast.Program
	name    string
	node    any
	globals map[string]bool // variables of the module

	// calledAtLoad says that top-level code calls it: what it returns may be a function that
	// remembers its variables.
	calledAtLoad bool
	refsOnly     bool // it is no function, but what it mentions can be reached through its name

	locals  map[string]bool // variables of the unit
	aliases map[string]bool // locals that stand for part of global or of a module's variable
	refs    map[string]bool // all names that are mentioned
}

// collector takes modules apart.
type collector struct {
	units  []*unit
	called map[string]bool // names that top-level code calls
}

func (c *collector) module(m *module) {
	top := topLevel(m)
	globals := map[string]bool{}
	for _, s := range top {
		declared(reflect.ValueOf(s), globals)
	}
	atLoad := map[any]bool{} // functions that are called where they stand
	add := func(name string, node any) *unit {
		u := &unit{tree: m.tree, name: name, node: node, globals: globals, calledAtLoad: atLoad[node]}
		c.units = append(c.units, u)
		return u
	}
	var visit func(name string, v reflect.Value)
	visit = func(name string, v reflect.Value) {
		walk(v, func(node any) bool {
			switch n := node.(type) {
			case *ast.FunctionLiteral:
				if n.Name != nil {
					name = string(n.Name.Name)
				}
				add(name, n)
				return false
			case *ast.ArrowFunctionLiteral:
				add(name, n)
				return false
			case *ast.MethodDefinition:
				add(keyName(n.Key), n)
				return false
			case *ast.Binding:
				if id, ok := n.Target.(*ast.Identifier); ok && n.Initializer != nil && !isHelper(n) {
					add(string(id.Name), n.Initializer).refsOnly = true
					visit(string(id.Name), reflect.ValueOf(&n.Initializer).Elem())
				}
				return false
			case *ast.CallExpression:
				atLoad[n.Callee] = true
				c.called[calleeName(n.Callee)] = true
			case *ast.NewExpression:
				c.called[calleeName(n.Callee)] = true
			case *ast.PropertyKeyed:
				add(keyName(n.Key), n.Value).refsOnly = true // names what a hook is an alias of
				visit(keyName(n.Key), reflect.ValueOf(&n.Value).Elem())
				return false
			case *ast.AssignExpression:
				if dot, ok := n.Left.(*ast.DotExpression); ok {
					add(string(dot.Identifier.Name), n.Right).refsOnly = true
					visit(string(dot.Identifier.Name), reflect.ValueOf(&n.Right).Elem())
					return false
				}
			}
			return true
		})
	}
	for _, s := range top {
		visit("", reflect.ValueOf(s))
	}
}

// calleeName is the last name of what is called.
func calleeName(callee ast.Expression) string {
	switch n := callee.(type) {
	case *ast.Identifier:
		return string(n.Name)
	case *ast.DotExpression:
		return string(n.Identifier.Name)
	}
	return ""
}

// inner returns the functions inside u as units of their own, to which u's variables are what
// those of the module are to others.
func (u *unit) inner() []*unit {
	outside := maps.Clone(u.globals)
	maps.Copy(outside, u.locals)
	var units []*unit
	u.eachNode(func(node any) bool {
		switch node.(type) {
		case *ast.FunctionLiteral, *ast.ArrowFunctionLiteral:
			if node == u.node {
				return true
			}
			units = append(units, &unit{tree: u.tree, name: u.name, node: node, globals: outside})
			return false
		}
		return true
	})
	return prepared(units)
}

// topLevel returns the statements of a module, without the function that it is wrapped in.
func topLevel(m *module) []ast.Statement {
	if m.script || len(m.tree.Body) == 0 {
		return m.tree.Body
	}
	if s, ok := m.tree.Body[0].(*ast.ExpressionStatement); ok {
		if f, ok := s.Expression.(*ast.FunctionLiteral); ok {
			return f.Body.List
		}
	}
	return m.tree.Body
}

// declared adds the names of variables, functions and classes below v, those inside functions
// left out.
func declared(v reflect.Value, names map[string]bool) {
	walk(v, func(node any) bool {
		switch n := node.(type) {
		case *ast.Binding:
			targetNames(n.Target, names)
			return false
		case *ast.FunctionDeclaration:
			names[string(n.Function.Name.Name)] = true
			return false
		case *ast.ClassDeclaration:
			names[string(n.Class.Name.Name)] = true
			return false
		case *ast.FunctionLiteral, *ast.ArrowFunctionLiteral, *ast.ClassLiteral:
			return false
		}
		return true
	})
}

// targetNames adds the names that a declaration or a parameter binds.
func targetNames(target ast.Expression, names map[string]bool) {
	switch t := target.(type) {
	case *ast.Identifier:
		names[string(t.Name)] = true
	case *ast.AssignExpression:
		targetNames(t.Left, names)
	case *ast.ArrayPattern:
		for _, e := range t.Elements {
			targetNames(e, names)
		}
		targetNames(t.Rest, names)
	case *ast.ObjectPattern:
		for _, p := range t.Properties {
			switch p := p.(type) {
			case *ast.PropertyShort:
				names[string(p.Name.Name)] = true
			case *ast.PropertyKeyed:
				targetNames(p.Value, names)
			}
		}
		targetNames(t.Rest, names)
	}
}

func keyName(key ast.Expression) string {
	switch k := key.(type) {
	case *ast.StringLiteral:
		return string(k.Value)
	case *ast.Identifier:
		return string(k.Name)
	}
	return ""
}

// reachable returns the units that event hooks can reach; all of them if no hook was found under
// its name.
func reachable(units []*unit) []*unit {
	byName := named(units)
	for _, hook := range eventHooks {
		if len(byName[hook]) > 0 {
			return reachedFrom(byName, eventHooks)
		}
	}
	return prepared(units)
}

func named(units []*unit) map[string][]*unit {
	byName := map[string][]*unit{}
	for _, u := range units {
		byName[u.name] = append(byName[u.name], u)
	}
	return byName
}

// reachedFrom returns the units that those of some names can reach, themselves included.
func reachedFrom(byName map[string][]*unit, names []string) []*unit {
	queue := slices.Clone(names)
	seen := map[string]bool{}
	var reached []*unit
	for len(queue) > 0 {
		name := queue[0]
		queue = queue[1:]
		if seen[name] {
			continue
		}
		seen[name] = true
		for _, u := range prepared(byName[name]) {
			reached = append(reached, u)
			for ref := range u.refs {
				if len(byName[ref]) > 0 && !seen[ref] {
					queue = append(queue, ref)
				}
			}
		}
	}
	return reached
}

// prepared fills in what is known of the names in each unit.
func prepared(units []*unit) []*unit {
	for _, u := range units {
		u.locals, u.aliases, u.refs = map[string]bool{}, map[string]bool{}, map[string]bool{}
		u.eachNode(func(node any) bool {
			switch n := node.(type) {
			case *ast.Binding:
				targetNames(n.Target, u.locals)
			case *ast.CatchStatement:
				targetNames(n.Parameter, u.locals)
			case *ast.FunctionDeclaration:
				u.locals[string(n.Function.Name.Name)] = true
			case *ast.ClassDeclaration:
				u.locals[string(n.Class.Name.Name)] = true
			case *ast.Identifier:
				u.refs[string(n.Name)] = true
			case *ast.PropertyShort:
				u.refs[string(n.Name.Name)] = true
			case *ast.DotExpression:
				u.refs[string(n.Identifier.Name)] = true
			}
			return true
		})
		u.findAliases()
		u.findAliases() // an alias of an alias
	}
	return units
}

func (u *unit) eachNode(visit func(any) bool) { walk(reflect.ValueOf(&u.node).Elem(), visit) }

func (u *unit) findAliases() {
	u.eachNode(func(node any) bool {
		switch n := node.(type) {
		case *ast.Binding:
			if n.Initializer != nil && u.isShared(n.Initializer) {
				targetNames(n.Target, u.aliases)
			}
		case *ast.ObjectPattern:
			for _, p := range n.Properties {
				if keyed, ok := p.(*ast.PropertyKeyed); ok && keyName(keyed.Key) == "global" {
					targetNames(keyed.Value, u.aliases)
				}
			}
		}
		return true
	})
}

// isShared says whether an expression is a variable or a member that other calls see too: global,
// something in it, or something in a variable of the module.
func (u *unit) isShared(e ast.Expression) bool {
	switch n := e.(type) {
	case *ast.Identifier:
		name := string(n.Name)
		return name == "global" || u.aliases[name] || !u.locals[name] && name != "arguments"
	case *ast.DotExpression:
		return n.Identifier.Name == "global" || u.isShared(n.Left)
	case *ast.BracketExpression:
		return u.isShared(n.Left)
	case *ast.OptionalChain:
		return u.isShared(n.Expression)
	case *ast.Optional:
		return u.isShared(n.Expression)
	case *ast.BinaryExpression: // global.x || {}
		return n.Operator == token.LOGICAL_OR && u.isShared(n.Left)
	}
	return false
}

// mutators are methods that change what they are called on.
var mutators = map[string]bool{
	"push": true, "pop": true, "shift": true, "unshift": true, "splice": true, "sort": true, "reverse": true, "fill": true, "copyWithin": true,
	"set": true, "add": true, "delete": true, "clear": true, "append": true, "enqueue": true, "increment": true,
}

// stores are the members of meta that outlive an instance.
var stores = map[string]bool{"storage": true, "cache": true, "jobs": true, "cursor": true}

// findings lists what u remembers, in the order of the source.
func (u *unit) findings() []finding {
	var found []finding
	if u.refsOnly {
		return nil
	}
	if u.calledAtLoad {
		for _, inner := range u.inner() {
			found = append(found, inner.findings()...)
		}
	}
	note := func(state sdk.State, at file.Idx, what string) {
		found = append(found, finding{place(u.tree, at), state, what})
	}
	method, isMethod := u.node.(*ast.MethodDefinition)
	u.eachNode(func(node any) bool {
		switch n := node.(type) {
		case *ast.AssignExpression:
			if what := u.written(n.Left, isMethod && keyName(method.Key) != "constructor"); what != "" {
				note(sdk.StateMemory, n.Left.Idx0(), what)
			}
		case *ast.UnaryExpression:
			if n.Operator == token.INCREMENT || n.Operator == token.DECREMENT || n.Operator == token.DELETE {
				if what := u.written(n.Operand, isMethod); what != "" {
					note(sdk.StateMemory, n.Operand.Idx0(), what)
				}
			}
		case *ast.CallExpression:
			if what := u.mutated(n); what != "" {
				note(sdk.StateMemory, n.Idx0(), what)
			}
		case *ast.Identifier:
			if stores[string(n.Name)] && (u.locals[string(n.Name)] || !u.globals[string(n.Name)]) {
				note(sdk.StateStore, n.Idx, "uses "+string(n.Name))
			}
		case *ast.DotExpression:
			if stores[string(n.Identifier.Name)] {
				note(sdk.StateStore, n.Identifier.Idx, "uses "+string(n.Identifier.Name))
			}
		}
		return true
	})
	return found
}

// written says what an assignment to target changes that outlives the call, "" if nothing.
func (u *unit) written(target ast.Expression, inMethod bool) string {
	switch n := target.(type) {
	case *ast.Identifier:
		name := string(n.Name)
		switch {
		case u.locals[name]:
			return ""
		case u.globals[name]:
			return "assigns the module's variable " + name
		}
		return "assigns the global variable " + name
	case *ast.DotExpression, *ast.BracketExpression:
		if u.isShared(n) {
			return "writes " + rootName(n)
		}
		if inMethod && rootName(n) == "this" {
			return "writes a member of an object that lasts (this)"
		}
	case *ast.PrivateDotExpression:
		return "writes a private member of an object that lasts"
	case *ast.ArrayPattern:
		for _, e := range n.Elements {
			if what := u.written(e, inMethod); what != "" {
				return what
			}
		}
	case *ast.ObjectPattern:
		names := map[string]bool{}
		targetNames(n, names)
		for name := range names {
			if !u.locals[name] {
				return "assigns the variable " + name
			}
		}
	}
	return ""
}

// mutated says what a call changes that outlives the event, "" if nothing is known of it.
func (u *unit) mutated(call *ast.CallExpression) string {
	callee, isMethod := call.Callee.(*ast.DotExpression)
	if isMethod && mutators[string(callee.Identifier.Name)] && u.isShared(callee.Left) {
		return "changes " + rootName(callee.Left) + " by " + string(callee.Identifier.Name)
	}
	if isMethod && (rootName(callee) == "console" || rootName(callee) == "JSON") {
		return ""
	}
	for i, arg := range call.ArgumentList {
		if u.isGlobal(arg) {
			return "passes global on"
		}
		if i == 0 && isMethod && callee.Identifier.Name == "assign" && u.isShared(arg) {
			return "changes " + rootName(arg) + " by Object.assign"
		}
	}
	return ""
}

// isGlobal recognises meta.global itself.
func (u *unit) isGlobal(e ast.Expression) bool {
	switch n := e.(type) {
	case *ast.Identifier:
		return n.Name == "global"
	case *ast.DotExpression:
		return n.Identifier.Name == "global"
	}
	return false
}

// rootName names the variable that a chain of members begins with, or global if it passes there.
func rootName(e ast.Expression) string {
	switch n := e.(type) {
	case *ast.Identifier:
		return string(n.Name)
	case *ast.ThisExpression:
		return "this"
	case *ast.DotExpression:
		if n.Identifier.Name == "global" {
			return "global"
		}
		return rootName(n.Left)
	case *ast.BracketExpression:
		return rootName(n.Left)
	case *ast.OptionalChain:
		return rootName(n.Expression)
	case *ast.Optional:
		return rootName(n.Expression)
	}
	return ""
}
