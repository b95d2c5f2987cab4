package jsbridge

import (
	"regexp"
	"strings"

	"github.com/dop251/goja"
)

// Messages of errors that the engine raises itself are worded as V8 words them, where the source
// at the place of the error tells enough. The plugin sees the engine's words, the log V8's.

// engineWords are messages of the engine's, with what V8 says.
var engineWords = []struct {
	engine *regexp.Regexp
	v8     func(name string, at expression) string // "" keeps the engine's words
}{
	{regexp.MustCompile(`^Cannot read property '(.*)' of undefined(?: or null)?$`), func(name string, _ expression) string {
		return "Cannot read properties of undefined or null (reading '" + name + "')"
	}},
	{regexp.MustCompile(`^Object has no member '(.*)'$`), func(name string, at expression) string {
		if !strings.HasSuffix(at.text, "."+name) {
			at.text = name
		}
		return at.noFunction()
	}},
	{regexp.MustCompile(`^Value is not an object: `), func(_ string, at expression) string {
		switch {
		case at.text == "new" && constructed.MatchString(at.after):
			return constructed.FindStringSubmatch(at.after)[1] + " is not a constructor"
		case at.text != "" && strings.HasPrefix(at.after, "("):
			return at.noFunction()
		}
		return ""
	}},
	{regexp.MustCompile(`^Cannot convert undefined or null to object$`), func(_ string, at expression) string {
		switch {
		case at.text == "for":
			if m := loopSource.FindStringSubmatch(at.after); m != nil {
				return notIterable(m[1], m[2], m[3])
			}
		case at.text == "await" && iterated.MatchString(at.before):
			return notIterable("await ", "", "")
		case at.text != "" && iterating.MatchString(at.before):
			return notIterable("", at.text, at.after)
		case at.text != "" && iterated.MatchString(at.before):
			return notIterable("", at.text, "")
		case strings.Contains(at.text, ".") && assigned.MatchString(at.after):
			return "Cannot set properties of undefined or null (setting '" + at.text[strings.LastIndexByte(at.text, '.')+1:] + "')"
		}
		return ""
	}},
	{regexp.MustCompile(`^Value is not object coercible$`), func(_ string, at expression) string {
		return at.destructuring()
	}},
	{regexp.MustCompile(`^Cannot access a variable before initialization$`), func(_ string, at expression) string {
		if at.text == "" {
			return ""
		}
		return "Cannot access '" + at.text + "' before initialization"
	}},
}

var (
	constructed = regexp.MustCompile(`^ ([\w$.]+)\(`)
	iterated    = regexp.MustCompile(`(?:\.\.\.|\bof |\] = )$`)
	iterating   = regexp.MustCompile(`(?:\[(?:[^()[\]]*, ?)?\.\.\.|\bof |\] = )$`) // as iterated, but no arguments
	// loopSource finds what a loop runs over: a chain of names, and the arguments if it is called.
	loopSource = regexp.MustCompile(`^ \((?:const|let|var) .+? of (await |)([\w$.]+(?:\[\d+\][\w$.]*)*)(\(.*\))?\)(?:\s*[^\s).].*)?$`)
	// destructured finds the first name in a pattern that has no patterns in it, and whether it has a default.
	destructured = regexp.MustCompile(`\{ ?'?([\w$-]+)'?(?:: ?[\w$]+)?( ?=[^{}[\]]*)?(?: ?|,[^{}[\]]*)\} = (await |)$`)
	ended        = regexp.MustCompile(`^\s*(?:$|[;,)\]}])`)
	assigned     = regexp.MustCompile(`^ ?(?:[-+*/%&|^?]|\*\*|\?\?|&&|\|\|)?=[^=>]`)
)

// intermediate is V8's word for a value that has no name in the source.
const intermediate = "(intermediate value)"

// noFunction is what V8 says if the value that is called is no function.
func (at expression) noFunction() string {
	if iterating.MatchString(at.before) && ended.MatchString(behindCall(at.after)) {
		return at.text + " is not a function or its return value is not iterable"
	}
	return at.text + " is not a function"
}

// notIterable is what V8 says if a value is not iterable: that of a chain of names, or of a call if
// something that begins with a parenthesis is behind it.
func notIterable(await, text, after string) string {
	switch {
	case await != "":
		return intermediate + " is not iterable"
	case strings.HasPrefix(after, "("):
		return text + " is not a function or its return value is not iterable"
	}
	return text + " is not iterable"
}

// destructuring is what V8 says if a value has no members that a pattern could take; "" if the line
// does not tell.
func (at expression) destructuring() string {
	m := destructured.FindStringSubmatch(at.before)
	called := strings.HasPrefix(at.after, "(")
	behind := at.after
	if called {
		behind = behindCall(behind)
	}
	if m == nil || at.text == "" || !ended.MatchString(behind) {
		return ""
	}
	if m[2] != "" {
		return "Cannot read properties of undefined or null (reading '" + m[1] + "')"
	}
	of := at.text
	switch {
	case m[3] != "" || strings.Contains(of, "?."):
		of = intermediate
	case called:
		of += "(...)"
	}
	return "Cannot destructure property '" + m[1] + "' of '" + of + "' as it is undefined or null."
}

// quoted matches texts in a line of source.
var quoted = regexp.MustCompile("'[^']*'|\"[^\"]*\"|`[^`]*`")

// behindCall returns what stands behind the arguments that text begins with, "?" if they do not end
// in it.
func behindCall(text string) string {
	text = quoted.ReplaceAllString(text, "''")
	depth := 0
	for i := range len(text) {
		switch text[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return text[i+1:]
			}
		}
	}
	return "?"
}

// engineTexts are messages of built-in functions, by how they begin, with what V8 says.
var engineTexts = map[string]string{
	"Malformed URI":       "URI malformed",
	"No initial value":    "Reduce of empty array with no initial value",
	"Could not convert &": "Cannot convert object to primitive value", // goes on with addresses
}

// reword gives e the words of V8 if the engine raised it.
func (in *instance) reword(e *ScriptError, stack string) {
	switch e.Name {
	case "TypeError", "ReferenceError", "URIError":
	default:
		return
	}
	for engine, v8 := range engineTexts {
		if strings.HasPrefix(e.Message, engine) {
			e.Message = v8
			return
		}
	}
	if raisedByBuiltin.MatchString(helperFrame.ReplaceAllString(stack, "$1")) {
		return
	}
	for _, words := range engineWords {
		m := words.engine.FindStringSubmatch(e.Message)
		if m == nil {
			continue
		}
		at := expressionAt(in.p.sourceLine(e.File, e.Line), e.Column)
		if message := words.v8(m[len(m)-1], at); message != "" && !in.isBuiltin(message) {
			e.Message = message
		}
		return
	}
}

// raisedByBuiltin matches the stack of an error that a built-in function raised.
var raisedByBuiltin = regexp.MustCompile(`^[^\n]*\n\s*at [^\n]*\(native\)`)

// helperFrame matches the frame of a helper for what was rewritten, of which the author knows nothing;
// but %entries is Object.entries.
var helperFrame = regexp.MustCompile(`^([^\n]*)\n\s*at %(?:[^e]|el)\w+ \(native\)`)

// isBuiltin says whether a message is about a global function: then it is not the call that failed,
// but what the function did.
func (in *instance) isBuiltin(message string) bool {
	name, _, _ := strings.Cut(message, " ")
	_, ok := goja.AssertFunction(in.vm.GlobalObject().Get(name))
	return ok
}

// sourceLine returns a line of the author's source, "" if it is not known.
func (p *program) sourceLine(file string, line int) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	m := p.modules[file]
	if m == nil || line < 1 {
		return ""
	}
	for text := range strings.Lines(m.source) {
		if line--; line == 0 {
			return strings.TrimRight(text, "\r\n")
		}
	}
	return ""
}

// expression is a chain of names and calls, "a.b(...)[0].c", and what stands around it in its line.
type expression struct{ before, text, after string }

// expressionAt returns the chain that ends with the name at a column, which counts from 1.
func expressionAt(line string, column int) expression {
	at := column - 1
	if at < 0 || at >= len(line) {
		return expression{}
	}
	end := at
	for end < len(line) && isNameByte(line[end]) {
		end++
	}
	from := at
	text := line[at:end]
	for from > 0 {
		open := from - 1
		switch c := line[open]; {
		case isNameByte(c), c == '.', c == '?' && line[from] == '.':
			text = string(c) + text
		case (c == ')' || c == ']') && strings.IndexByte(".[(", line[from]) >= 0:
			if open = openingOf(line, open); open < 0 {
				return expression{}
			}
			if c == ')' {
				text = "(...)" + text
			} else {
				text = line[open:from] + text
			}
		default:
			return chain(line, from, text, end)
		}
		from = open
	}
	return chain(line, from, text, end)
}

// chain takes the dots of a spread away from the text of a chain.
func chain(line string, from int, text string, end int) expression {
	if rest, spread := strings.CutPrefix(text, "..."); spread {
		from, text = from+len("..."), rest
	}
	return expression{line[:from], text, line[end:]}
}

// openingOf returns the place of the bracket that the one at closing closes, -1 if there is none in
// the line.
func openingOf(line string, closing int) int {
	depth := 0
	for i := closing; i >= 0; i-- {
		switch line[i] {
		case ')', ']':
			depth++
		case '(', '[':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

func isNameByte(c byte) bool {
	return c == '_' || c == '$' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= 0x80
}
