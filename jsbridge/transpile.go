package jsbridge

import (
	"encoding/base64"
	"errors"
	"path"
	"regexp"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/parser"
	"github.com/evanw/esbuild/pkg/api"
	"github.com/go-sourcemap/sourcemap"

	"github.com/plugreel/plugreel/jsbridge/internal/lower"
	"github.com/plugreel/plugreel/sdk"
)

// lowered names the language features that esbuild must rewrite because goja has them not.
var lowered = map[string]bool{
	"async-generator": false,
	"decorators":      false,
	"dynamic-import":  false,
	"for-await":       false,
	"import-meta":     false,
	"using":           false,
}

// transpile turns a source file into CommonJS that goja runs, and a source map. A .js file may
// hold TypeScript, as in the original runtime; what is not valid TypeScript is tried as
// JavaScript. No "use strict" is added, whatever a tsconfig says.
func transpile(name, source string) (code, sourceMap string, err error) {
	result := transform(name, source, api.LoaderTS)
	if len(result.Errors) > 0 && !isTypeScript(name) {
		if plain := transform(name, source, api.LoaderJS); len(plain.Errors) == 0 {
			result = plain
		}
	}
	if len(result.Errors) > 0 {
		return "", "", syntaxErrors(name, result.Errors)
	}
	return wholeModules(string(result.Code)), string(result.Map), nil
}

// transpile turns a file into CommonJS. In a realm any module may be replaced by another, so that
// none is known to be plugreel's own, and a .js file that is not TypeScript may hold JSX.
func (p *program) transpile(name, source string) (code, sourceMap string, err error) {
	if p.dialect == nil {
		return transpile(name, source)
	}
	var result api.TransformResult
	loaders := realmLoaders[path.Ext(name)]
	if loaders == nil {
		loaders = realmLoaders[".js"]
	}
	for _, loader := range loaders {
		if result = transform(name, source, loader); len(result.Errors) == 0 {
			return string(result.Code), string(result.Map), nil
		}
	}
	return "", "", syntaxErrors(name, result.Errors)
}

// realmLoaders are tried for files of a realm. Unlike TypeScript, JavaScript keeps imports that nobody uses.
var realmLoaders = map[string][]api.Loader{
	".js": {api.LoaderJSX, api.LoaderTS, api.LoaderTSX}, ".jsx": {api.LoaderJSX, api.LoaderTSX},
	".mjs": {api.LoaderJS}, ".cjs": {api.LoaderJS},
	".ts": {api.LoaderTS}, ".tsx": {api.LoaderTSX}, ".mts": {api.LoaderTS}, ".cts": {api.LoaderTS},
}

// toESM matches what esbuild makes of an import of a package.
var toESM = regexp.MustCompile(`__toESM(\(require\("((?:[^"\\]|\\.)*)"\)(?:, 1)?\))`)

// wholeModules lets "import x from" and "import * as x from" bind the whole module where plugreel
// provides it, as the original runtime did: the module may be a function. Columns stay.
func wholeModules(code string) string {
	return toESM.ReplaceAllStringFunc(code, func(call string) string {
		if !isBuiltin(toESM.FindStringSubmatch(call)[2]) {
			return call
		}
		return strings.Repeat(" ", len("__toESM")) + strings.Replace(call[len("__toESM"):], ", 1)", "   )", 1)
	})
}

func isTypeScript(name string) bool { return strings.HasSuffix(path.Ext(name), "ts") }

func transform(name, source string, loader api.Loader) api.TransformResult {
	return api.Transform(source, api.TransformOptions{
		Loader:         loader,
		Sourcefile:     path.Base(name), // the engine looks for it beside name
		Sourcemap:      api.SourceMapExternal,
		SourcesContent: api.SourcesContentExclude,
		Format:         api.FormatCommonJS,
		Target:         api.ESNext,
		Supported:      lowered,
		TsconfigRaw:    `{"compilerOptions":{"useDefineForClassFields":true}}`,
		LegalComments:  api.LegalCommentsNone,
		Charset:        api.CharsetUTF8,
		LogLevel:       api.LogLevelSilent,
	})
}

func syntaxErrors(name string, messages []api.Message) error {
	var errs []error
	for _, m := range messages {
		e := &sdk.LoadError{File: name, Err: errors.New(m.Text)}
		if m.Location != nil {
			e.Line, e.Column = m.Location.Line, m.Location.Column+1
		}
		errs = append(errs, e)
	}
	if len(errs) == 1 {
		return errs[0]
	}
	return errors.Join(errs...)
}

// A module runs as the body of a function, which returns both places where exports may stand:
// in the original runtime they are different objects.
const (
	wrapperHead = "(function (exports, require, module) {\n"
	wrapperTail = "\n;return [exports, module.exports]; })"
)

// compile makes m.program from m.code.
func (m *module) compile() error {
	code, sourceMap := m.code, engineMap(m.sourceMap, 0)
	if !m.script {
		code = m.wrapped(code)
		sourceMap = engineMap(m.sourceMap, 1)
	}
	code += "\n//# sourceMappingURL=data:application/json;base64," + base64.StdEncoding.EncodeToString([]byte(sourceMap))
	tree, err := parser.ParseFile(nil, m.name, code, 0, parser.WithSourceMapLoader(noFiles))
	if err != nil {
		return parseError(m.name, sourceMap, err)
	}
	m.tree = tree
	if m.dialect != nil && m.dialect.Arrange != nil {
		m.dialect.Arrange(tree)
	}
	rewritePatterns(tree)
	m.requires, m.needsPlain = scan(tree)
	m.instrument(tree)
	if m.dialect != nil && m.dialect.Complete != nil {
		m.dialect.Complete(tree)
	}
	if m.program, err = goja.CompileAST(lower.Program(m.withTwins(tree)), false); err != nil {
		return compileError(m.name, err)
	}
	return nil
}

// wrapped makes the text of a module the body of a function.
func (m *module) wrapped(code string) string {
	if m.dialect == nil {
		return wrapperHead + code + wrapperTail
	}
	more := strings.Join(append([]string{""}, m.dialect.Parameters...), ", ")
	return strings.Replace(wrapperHead, ")", more+")", 1) + code + wrapperTail
}

func noFiles(string) ([]byte, error) { return nil, nil }

// parseError reports what goja's parser refused, at its place in the author's file.
func parseError(name, sourceMap string, err error) error {
	load := &sdk.LoadError{File: name, Err: err}
	var list parser.ErrorList
	if !errors.As(err, &list) || len(list) == 0 {
		return load
	}
	load.Err = errors.New(list[0].Message)
	consumer, mapErr := sourcemap.Parse(name, []byte(sourceMap))
	if mapErr != nil {
		return load
	}
	at := list[0].Position
	if _, _, line, column, ok := consumer.Source(at.Line, at.Column); ok {
		load.Line, load.Column = line, column
	}
	return load
}

// compileError does the same for goja's compiler, whose positions know the source map.
func compileError(name string, err error) error {
	load := &sdk.LoadError{File: name, Err: err}
	var syntax *goja.CompilerSyntaxError
	if errors.As(err, &syntax) && syntax.File != nil {
		at := syntax.File.Position(syntax.Offset)
		load.Line, load.Column, load.Err = at.Line, at.Column, errors.New(syntax.Message)
	}
	return load
}
