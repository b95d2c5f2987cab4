package lint

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/plugreel/plugreel/jsbridge"
	"github.com/plugreel/plugreel/sdk"
)

// golang checks a plugin in Go. Its types have been checked when it was loaded.
func (c *checker) golang() {
	s := &goSource{fset: token.NewFileSet(), constants: map[string]string{}, settings: map[string]bool{}}
	if !s.parse(c) {
		return
	}
	for _, f := range s.files {
		s.findConstants(f)
		s.findSettings(f)
	}
	for _, f := range s.files {
		s.uses(f)
		for _, decl := range f.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok {
				c.goFunction(s.place(fn.Name.Pos()), fn)
			}
		}
	}
	c.config(s.found)
	if c.cloud {
		c.add(jsbridge.Place{}, codeCloudLanguage, "write it in JavaScript or TypeScript", "the plugin is written in Go")
	}
}

// goSource is the parsed source of a Go plugin.
type goSource struct {
	fset      *token.FileSet
	files     []*ast.File
	constants map[string]string // of the package, by name
	settings  map[string]bool   // names of variables that hold meta.Settings()
	found     found
}

// parse reads the files that belong to the plugin, tests left out.
func (s *goSource) parse(c *checker) bool {
	for _, file := range c.plugin.Program.Info().Files {
		if path.Ext(file.Name) != ".go" || strings.HasSuffix(file.Name, "_test.go") || strings.HasPrefix(file.Name, "vendor/") {
			continue
		}
		text, err := fs.ReadFile(c.plugin.FS, file.Name)
		if err != nil {
			c.list = append(c.list, FromError(c.plugin.Ref, err)...)
			return false
		}
		parsed, err := parser.ParseFile(s.fset, file.Name, text, parser.SkipObjectResolution)
		if err != nil {
			c.list = append(c.list, FromError(c.plugin.Ref, err)...)
			return false
		}
		s.files = append(s.files, parsed)
	}
	return true
}

func (s *goSource) place(at token.Pos) jsbridge.Place {
	p := s.fset.Position(at)
	return jsbridge.Place{File: p.Filename, Line: p.Line, Column: p.Column}
}

// findConstants notes the string constants of a file.
func (s *goSource) findConstants(f *ast.File) {
	ast.Inspect(f, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		for i, name := range spec.Names {
			if i < len(spec.Values) {
				if text, ok := literal(spec.Values[i]); ok {
					s.constants[name.Name] = text
				}
			}
		}
		return true
	})
}

// findSettings notes the names of variables and parameters that read settings.
func (s *goSource) findSettings(f *ast.File) {
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i, value := range n.Rhs {
				name, isName := n.Lhs[min(i, len(n.Lhs)-1)].(*ast.Ident)
				if call, ok := value.(*ast.CallExpr); ok && isName && isField(call.Fun, "Settings") {
					s.settings[name.Name] = true
				}
			}
		case *ast.Field:
			if star, ok := n.Type.(*ast.StarExpr); ok && isField(star.X, "Settings") {
				for _, name := range n.Names {
					s.settings[name.Name] = true
				}
			}
		}
		return true
	})
}

// readsSetting says whether a method is called on a reader of settings: s.Text, meta.Settings().Text.
func (s *goSource) readsSetting(method *ast.SelectorExpr) bool {
	if method.Sel.Name == "Err" {
		return false
	}
	switch x := method.X.(type) {
	case *ast.Ident:
		return s.settings[x.Name]
	case *ast.CallExpr:
		return isField(x.Fun, "Settings")
	}
	return false
}

func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}

// key reads a literal or a constant.
func (s *goSource) key(e ast.Expr) (string, bool) {
	if name, ok := e.(*ast.Ident); ok {
		text, ok := s.constants[name.Name]
		return text, ok
	}
	return literal(e)
}

// uses looks for meta.Config.Get("key"), meta.Attachments["key"] and the methods of Settings, and
// notes every text: one that is a key is most likely used as one.
func (s *goSource) uses(f *ast.File) {
	followed := map[ast.Expr]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			method, ok := n.Fun.(*ast.SelectorExpr)
			switch {
			case !ok || len(n.Args) == 0:
			case isField(method.X, "Config") && (method.Sel.Name == "Get" || method.Sel.Name == "Has"):
				followed[method.X] = true
				s.use(n.Args[0], jsbridge.UseConfig)
			case s.readsSetting(method):
				s.use(n.Args[0], jsbridge.UseConfig)
			}
		case *ast.BasicLit:
			if text, ok := literal(n); ok {
				s.found.texts = append(s.found.texts, text)
			}
		case *ast.IndexExpr:
			if isField(n.X, "Attachments") {
				followed[n.X] = true
				s.use(n.Index, jsbridge.UseAttachment)
			}
		case *ast.SelectorExpr:
			if (isField(n, "Config") || isField(n, "Attachments")) && !followed[n] {
				s.found.elsewhere = true
			}
		}
		return true
	})
}

func isField(e ast.Expr, name string) bool {
	sel, ok := e.(*ast.SelectorExpr)
	return ok && sel.Sel.Name == name
}

func (s *goSource) use(key ast.Expr, kind jsbridge.UseKind) {
	name, ok := s.key(key)
	if !ok {
		s.found.elsewhere = true
		return
	}
	s.found.uses = append(s.found.uses, jsbridge.Use{Place: s.place(key.Pos()), Kind: kind, Name: name})
}

// goHooks are the names of hooks in Go.
var goHooks = func() []string {
	names := []string{}
	for _, name := range sdk.HookNames() {
		names = append(names, strings.ToUpper(name[:1])+name[1:])
	}
	return names
}()

// goFunction looks at the name of a function. What has the name of a hook has its type, or the
// plugin would not load.
func (c *checker) goFunction(at jsbridge.Place, fn *ast.FuncDecl) {
	name := fn.Name.Name
	if fn.Recv != nil || slices.Contains(goHooks, name) || strings.Contains(at.File, "/") {
		return
	}
	if near := nearest(name, goHooks); near != "" && near != "Jobs" && !c.has(strings.ToLower(near[:1])+near[1:]) {
		c.add(at, codeHookMisspelt, fmt.Sprintf("did you mean %q?", near), "%s is not called", name)
	}
}
