package jest

import (
	"reflect"
	"slices"
	"strings"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
)

// parameters of a module's function, after exports, require and module: those of Jest, and what stands
// in for esbuild's helpers, so that exports can be spied on and namespaces are those of Babel.
var parameters = append([]string{"__filename", "__dirname", "jest", caughtHelper}, interopHelpers...)

// interopHelpers are esbuild's helpers that the registry has versions of.
var interopHelpers = []string{"__toESM", "__toCommonJS", "__export", "__reExport"}

// arrange puts the statements of a module into the order in which they take effect under Jest:
// what declares the exports, then the calls of jest.mock and its like, then all else as it was
// written. esbuild moves imports to the top; those that follow a statement go back behind it,
// so that one may depend on the other.
func arrange(tree *ast.Program) {
	body := moduleBody(tree)
	if body == nil {
		return
	}
	var a arrangement
	for _, s := range body.List {
		a.add(s)
	}
	a.written(tree.File)
	if strings.Contains(tree.File.Source(), "jest.") {
		for _, s := range a.rest {
			hoistInBlocks(reflect.ValueOf(s))
		}
	}
	body.List = slices.Concat(a.exports, a.mocks, a.rest)
}

// hoistInBlocks moves the calls of jest.mock and its like to the top of each block below a node.
func hoistInBlocks(v reflect.Value) {
	visit(v, func(node any) {
		if block, ok := node.(*ast.BlockStatement); ok {
			slices.SortStableFunc(block.List, func(x, y ast.Statement) int { return rank(x) - rank(y) })
		}
	})
}

// visit calls see with each node below a value, before those below it.
func visit(v reflect.Value, see func(node any)) {
	switch v.Kind() {
	case reflect.Interface:
		visit(v.Elem(), see)
	case reflect.Pointer:
		if v.IsNil() || v.Elem().Kind() != reflect.Struct || v.Type() == fileType {
			return
		}
		see(v.Interface())
		visit(v.Elem(), see)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && v.Type().Field(i).Name != "DeclarationList" {
				visit(v.Field(i), see)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			visit(v.Index(i), see)
		}
	}
}

var fileType = reflect.TypeFor[*file.File]()

// rank is 0 for what is hoisted, 1 for all else.
func rank(s ast.Statement) int {
	if isMockCall(s) {
		return 0
	}
	return 1
}

// moduleBody is the body of the function that a module was wrapped in.
func moduleBody(tree *ast.Program) *ast.BlockStatement {
	if len(tree.Body) != 1 {
		return nil
	}
	s, ok := tree.Body[0].(*ast.ExpressionStatement)
	if !ok {
		return nil
	}
	f, ok := s.Expression.(*ast.FunctionLiteral)
	if !ok {
		return nil
	}
	return f.Body
}

// arrangement sorts the statements of a module.
type arrangement struct {
	exports []ast.Statement // "use strict", and esbuild's, which say what the module exports
	imports []ast.Statement // before any other statement
	mocks   []ast.Statement // jest.mock and its like, at the top level
	rest    []ast.Statement
}

func (a *arrangement) add(s ast.Statement) {
	name, value := declaration(s)
	first := len(a.rest) == 0 && len(a.imports) == 0 && len(a.mocks) == 0
	switch {
	case slices.Contains(interopHelpers, name) || name == "__copyProps":
		// the registry's are used
	case len(a.rest) == 0 && isDirective(s), first && (strings.HasPrefix(name, "__") || isEmptyObject(value) || callsHelper(s)):
		a.exports = append(a.exports, s)
	case len(a.rest) == 0 && isImport(name, value, s):
		a.imports = append(a.imports, s)
	case isMockCall(s):
		a.mocks = append(a.mocks, s)
	default:
		a.rest = append(a.rest, s)
	}
}

// written merges imports and the other statements in the order of the author's file.
func (a *arrangement) written(f *file.File) {
	var merged []ast.Statement
	imports := a.imports
	for _, s := range a.rest {
		at := line(f, s)
		for len(imports) > 0 && line(f, imports[0]) <= at {
			merged = append(merged, imports[0])
			imports = imports[1:]
		}
		merged = append(merged, s)
	}
	// What the source map does not place must come first: it was there when esbuild wrote it.
	if len(imports) > 0 && len(merged) > 0 && isWrapperTail(merged[len(merged)-1]) {
		tail := merged[len(merged)-1]
		merged = append(append(merged[:len(merged)-1:len(merged)-1], imports...), tail)
		imports = nil
	}
	a.rest = append(merged, imports...)
}

// isWrapperTail recognises the statement that ends every module's function.
func isWrapperTail(s ast.Statement) bool {
	_, ok := s.(*ast.ReturnStatement)
	return ok
}

// line is the line of a statement in the author's file.
func line(f *file.File, s ast.Statement) int {
	return f.Position(int(s.Idx0()) - f.Base()).Line
}

// declaration returns the name and value of a statement that declares one variable.
func declaration(s ast.Statement) (name string, value ast.Expression) {
	var list []*ast.Binding
	switch s := s.(type) {
	case *ast.VariableStatement:
		list = s.List
	case *ast.LexicalDeclaration:
		list = s.List
	}
	if len(list) != 1 {
		return "", nil
	}
	id, ok := list[0].Target.(*ast.Identifier)
	if !ok {
		return "", nil
	}
	return string(id.Name), list[0].Initializer
}

// isDirective recognises "use strict" and its like.
func isDirective(s ast.Statement) bool {
	e, ok := s.(*ast.ExpressionStatement)
	if !ok {
		return false
	}
	_, ok = e.Expression.(*ast.StringLiteral)
	return ok
}

func isEmptyObject(e ast.Expression) bool {
	o, ok := e.(*ast.ObjectLiteral)
	return ok && len(o.Value) == 0
}

// callsHelper recognises __export(...) and module.exports = __toCommonJS(...).
func callsHelper(s ast.Statement) bool {
	e, ok := s.(*ast.ExpressionStatement)
	if !ok {
		return false
	}
	expression := e.Expression
	if assign, ok := expression.(*ast.AssignExpression); ok {
		expression = assign.Right
	}
	name, _ := callOf(expression)
	return name == "__export" || name == "__toCommonJS" || name == "__reExport"
}

// callOf returns the name and arguments of a call of a function by its name.
func callOf(e ast.Expression) (name string, args []ast.Expression) {
	call, ok := e.(*ast.CallExpression)
	if !ok {
		return "", nil
	}
	id, ok := call.Callee.(*ast.Identifier)
	if !ok {
		return "", nil
	}
	return string(id.Name), call.ArgumentList
}

// isImport recognises what esbuild makes of an import.
func isImport(name string, value ast.Expression, s ast.Statement) bool {
	if e, ok := s.(*ast.ExpressionStatement); ok {
		called, _ := callOf(e.Expression)
		return called == "require"
	}
	if !strings.HasPrefix(name, "import_") {
		return false
	}
	called, args := callOf(value)
	if called == "__toESM" && len(args) > 0 {
		called, _ = callOf(args[0])
	}
	return called == "require"
}

// hoisted are the methods of jest that take effect before any import.
var hoisted = []string{"mock", "unmock", "deepUnmock", "enableAutomock", "disableAutomock"}

// isMockCall recognises jest.mock(...), also as a chain, and makes it a call of the module's own
// object, whatever name it was imported by.
func isMockCall(s ast.Statement) bool {
	e, ok := s.(*ast.ExpressionStatement)
	return ok && isMockChain(e.Expression)
}

func isMockChain(e ast.Expression) bool {
	call, ok := e.(*ast.CallExpression)
	if !ok {
		return false
	}
	dot, ok := call.Callee.(*ast.DotExpression)
	if !ok || !slices.Contains(hoisted, string(dot.Identifier.Name)) {
		return false
	}
	switch object := dot.Left.(type) {
	case *ast.Identifier:
		return object.Name == "jest"
	case *ast.DotExpression: // import_globals.jest
		from, ok := object.Left.(*ast.Identifier)
		if !ok || object.Identifier.Name != "jest" || !strings.HasPrefix(string(from.Name), "import_") {
			return false
		}
		dot.Left = &ast.Identifier{Name: "jest", Idx: object.Idx0()}
		return true
	}
	return isMockChain(dot.Left)
}
