package jsbridge

import (
	"reflect"
	"slices"
	"strings"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
)

// use is something in the source that the engine must know of before it runs.
type use struct {
	position
	what string
}

// plainOnly names what works on plain objects but not on events over their bytes: Object.freeze
// and its like, and keys that are Symbols.
var plainOnly = map[string]bool{
	"freeze": true, "isFrozen": true, "seal": true, "isSealed": true,
	"preventExtensions": true, "isExtensible": true,
	"defineProperty": true, "defineProperties": true,
	"__defineGetter__": true, "__defineSetter__": true,
	"Symbol": true,
}

// scan walks a module's syntax tree: it lists what the module requires by literal, and the first
// use of each thing that needs plain objects. It errs towards need: a name is taken for what it
// usually means, whatever it is called on.
func scan(tree *ast.Program) (requires []string, needsPlain []use) {
	seen := map[string]bool{}
	need := func(name string, at file.Idx) {
		if plainOnly[name] && !seen[name] {
			seen[name] = true
			needsPlain = append(needsPlain, use{place(tree, at), name})
		}
	}
	walk(reflect.ValueOf(tree.Body), func(node any) bool {
		switch n := node.(type) {
		case *ast.Binding:
			return !isHelper(n)
		case *ast.CallExpression:
			if spec, ok := requireOf(n); ok {
				requires = append(requires, spec)
			}
			return !definesExports(n)
		case *ast.DotExpression:
			need(string(n.Identifier.Name), n.Identifier.Idx)
		case *ast.BracketExpression:
			if text, ok := n.Member.(*ast.StringLiteral); ok {
				need(string(text.Value), text.Idx)
			}
		case *ast.Identifier:
			need(string(n.Name), n.Idx)
		}
		return true
	})
	return requires, needsPlain
}

func place(tree *ast.Program, at file.Idx) position {
	p := tree.File.Position(int(at) - tree.File.Base())
	return position{p.Filename, p.Line, p.Column}
}

// isHelper recognises the helpers that compilers put at the top of a module (__defProp, __export,
// __importDefault): they define properties, but not of events.
func isHelper(b *ast.Binding) bool {
	id, ok := b.Target.(*ast.Identifier)
	return ok && strings.HasPrefix(string(id.Name), "__")
}

// definesExports recognises Object.defineProperty(exports, …), which compiled modules begin with.
func definesExports(call *ast.CallExpression) bool {
	callee, ok := call.Callee.(*ast.DotExpression)
	if !ok || callee.Identifier.Name != "defineProperty" || len(call.ArgumentList) == 0 {
		return false
	}
	switch target := call.ArgumentList[0].(type) {
	case *ast.Identifier:
		return target.Name == "exports"
	case *ast.DotExpression:
		return target.Identifier.Name == "exports"
	}
	return false
}

// requireOf returns the literal of a call require("literal").
func requireOf(call *ast.CallExpression) (string, bool) {
	callee, ok := call.Callee.(*ast.Identifier)
	if !ok || callee.Name != "require" || len(call.ArgumentList) != 1 {
		return "", false
	}
	text, ok := call.ArgumentList[0].(*ast.StringLiteral)
	if !ok {
		return "", false
	}
	return string(text.Value), true
}

// walk calls visit for every node below v, parents first, and leaves out what is below a node for
// which visit says false. The ast package has no walker of its own; nodes are structs, so their
// fields are followed by reflection. It runs once, at load time.
func walk(v reflect.Value, visit func(node any) bool) {
	switch v.Kind() {
	case reflect.Interface:
		if !v.IsNil() {
			walk(v.Elem(), visit)
		}
	case reflect.Pointer:
		if v.IsNil() || v.Elem().Kind() != reflect.Struct || v.Type() == fileType {
			return
		}
		if visit(v.Interface()) {
			walk(v.Elem(), visit)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && !slices.Contains(derivedFields, v.Type().Field(i).Name) {
				walk(v.Field(i), visit)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			walk(v.Index(i), visit)
		}
	}
}

var fileType = reflect.TypeFor[*file.File]()

// derivedFields repeat what other fields hold.
var derivedFields = []string{"DeclarationList", "File"}
