package jsbridge

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
)

// Patterns are rewritten before the engine sees them, in two ways.
//
// With the flag u, names in \p{…} are spelled out: \p{Lu} becomes the ranges of upper-case letters.
// The engine knows few of the names, and takes some for text.
//
// Without it, classes of surrogates get a member each that no text holds. The engine takes
// [\ud800-\udbff] and [\udc00-\udfff] in one pattern for the same class, as it does all surrogates.

// runes is a sorted list of ranges, both ends included.
type runes [][2]rune

// rewritePatterns rewrites all literals of a syntax tree.
func rewritePatterns(tree *ast.Program) {
	walk(reflect.ValueOf(tree.Body), func(node any) bool {
		if n, ok := node.(*ast.RegExpLiteral); ok {
			n.Pattern = rewritePattern(n.Pattern, n.Flags)
		}
		return true
	})
}

func rewritePattern(pattern, flags string) string {
	if strings.Contains(flags, "u") {
		return expandProperties(pattern)
	}
	return tellClassesApart(pattern)
}

// inString matches source in which a string holds what a pattern would be rewritten for.
var inString = regexp.MustCompile(`\\\\(?:[pP]\{|u[dD][89a-fA-F])`)

// has says whether something in the plugin's source matches a pattern. What a realm will run is not
// known before it runs: it may.
func (p *program) has(pattern *regexp.Regexp) bool {
	if p.dialect != nil {
		return true
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, m := range p.modules {
		if pattern.MatchString(m.code) {
			return true
		}
	}
	return false
}

// replacesOnce matches source that may make a pattern with the flag u and without g.
var replacesOnce = regexp.MustCompile(`/[dimsvy]*u[dimsvy]*\b|["'\x60][dimsvy]*u[dimsvy]*["'\x60]`)

// mendReplace lets the engine take its general way where its fast one is wrong: without the flag g,
// with u or y, it may replace all matches, or one that is not at lastIndex.
func (in *instance) mendReplace(prototype *goja.Object) {
	native, _ := goja.AssertFunction(prototype.GetSymbol(goja.SymReplace))
	replace := func(call goja.FunctionCall) goja.Value {
		if rx, ok := call.This.(*goja.Object); ok && rx.ClassName() == "RegExp" {
			flags := text(rx.Get("flags"))
			if strings.Contains(flags, "y") || strings.Contains(flags, "u") && !strings.Contains(flags, "g") {
				must(rx.Delete("")) // an object that was tampered with goes the general way
			}
		}
		return try(native(call.This, call.Arguments...))
	}
	must(prototype.DefineDataPropertySymbol(goja.SymReplace, in.vm.ToValue(replace), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
}

// surrogateClass matches a character class that names a surrogate, or a character made of two.
var surrogateClass = regexp.MustCompile(`\[(?:[^\\\]]|\\.)*?(?:\\u[dD][89a-fA-F]|[\x{10000}-\x{10ffff}])(?:[^\\\]]|\\.)*\]`)

// tellClassesApart adds another noncharacter of Unicode to each class that names a surrogate.
func tellClassesApart(pattern string) string {
	const noncharacters, first = 32, 0xfdd0
	n := -1
	return surrogateClass.ReplaceAllStringFunc(pattern, func(class string) string {
		n++
		return fmt.Sprintf(`%s\u%x]`, class[:len(class)-1], first+n%noncharacters)
	})
}

// mendRegExp lets the constructor rewrite patterns too.
func (in *instance) mendRegExp(class *goja.Object) {
	rewritten := func(args []goja.Value) []goja.Value {
		if len(args) == 0 {
			return args
		}
		pattern, ok := args[0].(goja.String)
		if !ok {
			return args
		}
		flags := ""
		if len(args) > 1 {
			flags = text(args[1])
		}
		return append([]goja.Value{in.vm.ToValue(rewritePattern(pattern.String(), flags))}, args[1:]...)
	}
	native, _ := goja.AssertFunction(class)
	proxy := in.vm.NewProxy(class, &goja.ProxyTrapConfig{
		Apply: func(_ *goja.Object, this goja.Value, args []goja.Value) goja.Value {
			return try(native(this, rewritten(args)...))
		},
		Construct: func(_ *goja.Object, args []goja.Value, newTarget *goja.Object) *goja.Object {
			return in.construct(class, rewritten(args), newTarget)
		},
	})
	in.replaceClass("RegExp", class, proxy)
}

// expandProperties replaces \p{…} and \P{…} in a pattern. Names that nobody knows stay: the
// engine refuses them.
func expandProperties(pattern string) string {
	if !strings.Contains(pattern, `\p{`) && !strings.Contains(pattern, `\P{`) {
		return pattern
	}
	var b strings.Builder
	inClass := false
	for i := 0; i < len(pattern); i++ {
		if text, n := expandProperty(pattern[i:], inClass); n > 0 {
			b.WriteString(text)
			i += n - 1
			continue
		}
		switch c := pattern[i]; {
		case c == '\\' && i+1 < len(pattern):
			b.WriteByte(c)
			i++
		case c == '[':
			inClass = true
		case c == ']':
			inClass = false
		}
		b.WriteByte(pattern[i])
	}
	return b.String()
}

// expandProperty returns the ranges that the property at the beginning of pattern stands for, and
// its length there; 0 if there is none.
func expandProperty(pattern string, inClass bool) (text string, n int) {
	if len(pattern) < 3 || pattern[0] != '\\' || pattern[1] != 'p' && pattern[1] != 'P' || pattern[2] != '{' {
		return "", 0
	}
	end := strings.IndexByte(pattern, '}')
	if end < 0 {
		return "", 0
	}
	ranges := propertyRunes(pattern[3:end])
	if ranges == nil {
		return "", 0
	}
	if pattern[1] == 'P' {
		ranges = ranges.complement()
	}
	if inClass {
		return ranges.String(), end + 1
	}
	return "[" + ranges.String() + "]", end + 1
}

// String is the inside of a character class.
func (r runes) String() string {
	var b strings.Builder
	for _, pair := range r {
		fmt.Fprintf(&b, `\u{%x}`, pair[0])
		if pair[1] > pair[0] {
			fmt.Fprintf(&b, `-\u{%x}`, pair[1])
		}
	}
	return b.String()
}

// complement is all that r leaves out.
func (r runes) complement() runes {
	var out runes
	next := rune(0)
	for _, pair := range r {
		if next < pair[0] {
			out = append(out, [2]rune{next, pair[0] - 1})
		}
		next = pair[1] + 1
	}
	if next <= unicode.MaxRune {
		out = append(out, [2]rune{next, unicode.MaxRune})
	}
	return out
}

// propertyCache holds the ranges by name: making them takes a while.
var propertyCache sync.Map

// propertyRunes returns the ranges of a property, nil if there is none of that name.
func propertyRunes(name string) runes {
	if cached, ok := propertyCache.Load(name); ok {
		return cached.(runes)
	}
	r := findProperty(name)
	propertyCache.Store(name, r)
	return r
}

func findProperty(name string) runes {
	if key, value, ok := strings.Cut(name, "="); ok {
		switch key {
		case "General_Category", "gc":
			return category(value)
		case "Script", "sc", "Script_Extensions", "scx":
			if long, ok := scriptNames[value]; ok {
				value = long
			}
			return fromTables(unicode.Scripts[value])
		}
		return nil
	}
	if r := category(name); r != nil {
		return r
	}
	return binaryProperty(name)
}

func category(name string) runes {
	if short, ok := unicode.CategoryAliases[name]; ok {
		name = short
	}
	return fromTables(unicode.Categories[name])
}

// binaryProperty returns the ranges of a property that a character has or has not.
// Source: Unicode, DerivedCoreProperties.
func binaryProperty(name string) runes {
	switch name {
	case "Any":
		return runes{{0, unicode.MaxRune}}
	case "ASCII":
		return runes{{0, unicode.MaxASCII}}
	case "Alphabetic", "Alpha":
		return fromTables(unicode.L, unicode.Nl, unicode.Other_Alphabetic)
	case "Uppercase", "Upper":
		return fromTables(unicode.Lu, unicode.Other_Uppercase)
	case "Lowercase", "Lower":
		return fromTables(unicode.Ll, unicode.Other_Lowercase)
	case "ID_Start", "IDS":
		return fromTables(unicode.L, unicode.Nl, unicode.Other_ID_Start)
	case "ID_Continue", "IDC":
		return fromTables(unicode.L, unicode.Nl, unicode.Other_ID_Start, unicode.Mn, unicode.Mc, unicode.Nd, unicode.Pc, unicode.Other_ID_Continue)
	case "space":
		return fromTables(unicode.White_Space)
	}
	if text, ok := emoji[name]; ok {
		return parseRunes(text)
	}
	return fromTables(unicode.Properties[name])
}

// fromTables joins the ranges of tables; nil without any.
func fromTables(tables ...*unicode.RangeTable) runes {
	var all []rune
	for _, table := range tables {
		if table == nil {
			return nil
		}
		all = append(all, members(table)...)
	}
	slices.Sort(all)
	var r runes
	for _, c := range all {
		if n := len(r); n > 0 && c <= r[n-1][1]+1 {
			r[n-1][1] = c
		} else {
			r = append(r, [2]rune{c, c})
		}
	}
	return r
}

func members(table *unicode.RangeTable) []rune {
	var all []rune
	for _, r := range table.R16 {
		for c := rune(r.Lo); c <= rune(r.Hi); c += rune(r.Stride) {
			all = append(all, c)
		}
	}
	for _, r := range table.R32 {
		for c := rune(r.Lo); c <= rune(r.Hi); c += rune(r.Stride) {
			all = append(all, c)
		}
	}
	return all
}

// parseRunes reads ranges that are written in hexadecimal.
func parseRunes(text string) runes {
	var r runes
	for field := range strings.FieldsSeq(text) {
		from, to, isRange := strings.Cut(field, "-")
		if !isRange {
			to = from
		}
		low, _ := strconv.ParseInt(from, 16, 32)
		high, _ := strconv.ParseInt(to, 16, 32)
		r = append(r, [2]rune{rune(low), rune(high)})
	}
	return r
}

// scriptNames are the short names of scripts that patterns use.
var scriptNames = map[string]string{
	"Arab": "Arabic", "Armn": "Armenian", "Beng": "Bengali", "Cyrl": "Cyrillic", "Deva": "Devanagari",
	"Geor": "Georgian", "Grek": "Greek", "Hang": "Hangul", "Hani": "Han", "Hebr": "Hebrew",
	"Hira": "Hiragana", "Kana": "Katakana", "Latn": "Latin", "Taml": "Tamil", "Thai": "Thai",
	"Zinh": "Inherited", "Zyyy": "Common",
}

// emoji holds the properties of Unicode's emoji-data, which package unicode has not.
// Source: Unicode 15.1.
var emoji = map[string]string{
	"Extended_Pictographic": `a9 ae 203c 2049 2122 2139 2194-2199 21a9-21aa 231a-231b 2328 23cf 23e9-23f3 23f8-23fa 24c2 25aa-25ab
25b6 25c0 25fb-25fe 2600-2604 260e 2611 2614-2615 2618 261d 2620 2622-2623 2626 262a 262e-262f
2638-263a 2640 2642 2648-2653 265f-2660 2663 2665-2666 2668 267b 267e-267f 2692-2697 2699 269b-269c
26a0-26a1 26a7 26aa-26ab 26b0-26b1 26bd-26be 26c4-26c5 26c8 26ce-26cf 26d1 26d3-26d4 26e9-26ea
26f0-26f5 26f7-26fa 26fd 2702 2705 2708-270d 270f 2712 2714 2716 271d 2721 2728 2733-2734 2744 2747
274c 274e 2753-2755 2757 2763-2764 2795-2797 27a1 27b0 27bf 2934-2935 2b05-2b07 2b1b-2b1c 2b50 2b55
3030 303d 3297 3299 1f004 1f02c-1f02f 1f094-1f09f 1f0af-1f0b0 1f0c0 1f0cf-1f0d0 1f0f6-1f0ff
1f170-1f171 1f17e-1f17f 1f18e 1f191-1f19a 1f1ae-1f1e5 1f201-1f20f 1f21a 1f22f 1f232-1f23a 1f23c-1f23f
1f249-1f25f 1f266-1f321 1f324-1f393 1f396-1f397 1f399-1f39b 1f39e-1f3f0 1f3f3-1f3f5 1f3f7-1f3fa
1f400-1f4fd 1f4ff-1f53d 1f549-1f54e 1f550-1f567 1f56f-1f570 1f573-1f57a 1f587 1f58a-1f58d 1f590
1f595-1f596 1f5a4-1f5a5 1f5a8 1f5b1-1f5b2 1f5bc 1f5c2-1f5c4 1f5d1-1f5d3 1f5dc-1f5de 1f5e1 1f5e3 1f5e8
1f5ef 1f5f3 1f5fa-1f64f 1f680-1f6c5 1f6cb-1f6d2 1f6d5-1f6e5 1f6e9 1f6eb-1f6f0 1f6f3-1f6ff 1f7da-1f7ff
1f80c-1f80f 1f848-1f84f 1f85a-1f85f 1f888-1f88f 1f8ae-1f8af 1f8bc-1f8bf 1f8c2-1f8cf 1f8d9-1f8ff
1f90c-1f93a 1f93c-1f945 1f947-1f9ff 1fa58-1fa5f 1fa6e-1faff 1fc00-1fffd`,
	"Emoji": `23 2a 30-39 a9 ae 203c 2049 2122 2139 2194-2199 21a9-21aa 231a-231b 2328 23cf 23e9-23f3 23f8-23fa
24c2 25aa-25ab 25b6 25c0 25fb-25fe 2600-2604 260e 2611 2614-2615 2618 261d 2620 2622-2623 2626 262a
262e-262f 2638-263a 2640 2642 2648-2653 265f-2660 2663 2665-2666 2668 267b 267e-267f 2692-2697 2699
269b-269c 26a0-26a1 26a7 26aa-26ab 26b0-26b1 26bd-26be 26c4-26c5 26c8 26ce-26cf 26d1 26d3-26d4
26e9-26ea 26f0-26f5 26f7-26fa 26fd 2702 2705 2708-270d 270f 2712 2714 2716 271d 2721 2728 2733-2734
2744 2747 274c 274e 2753-2755 2757 2763-2764 2795-2797 27a1 27b0 27bf 2934-2935 2b05-2b07 2b1b-2b1c
2b50 2b55 3030 303d 3297 3299 1f004 1f0cf 1f170-1f171 1f17e-1f17f 1f18e 1f191-1f19a 1f1e6-1f1ff
1f201-1f202 1f21a 1f22f 1f232-1f23a 1f250-1f251 1f300-1f321 1f324-1f393 1f396-1f397 1f399-1f39b
1f39e-1f3f0 1f3f3-1f3f5 1f3f7-1f4fd 1f4ff-1f53d 1f549-1f54e 1f550-1f567 1f56f-1f570 1f573-1f57a 1f587
1f58a-1f58d 1f590 1f595-1f596 1f5a4-1f5a5 1f5a8 1f5b1-1f5b2 1f5bc 1f5c2-1f5c4 1f5d1-1f5d3 1f5dc-1f5de
1f5e1 1f5e3 1f5e8 1f5ef 1f5f3 1f5fa-1f64f 1f680-1f6c5 1f6cb-1f6d2 1f6d5-1f6d8 1f6dc-1f6e5 1f6e9
1f6eb-1f6ec 1f6f0 1f6f3-1f6fc 1f7e0-1f7eb 1f7f0 1f90c-1f93a 1f93c-1f945 1f947-1f9ff 1fa70-1fa7c
1fa80-1fa8a 1fa8e-1fac6 1fac8 1facd-1fadc 1fadf-1faea 1faef-1faf8`,
	"Emoji_Presentation": `231a-231b 23e9-23ec 23f0 23f3 25fd-25fe 2614-2615 2648-2653 267f 2693 26a1 26aa-26ab 26bd-26be
26c4-26c5 26ce 26d4 26ea 26f2-26f3 26f5 26fa 26fd 2705 270a-270b 2728 274c 274e 2753-2755 2757
2795-2797 27b0 27bf 2b1b-2b1c 2b50 2b55 1f004 1f0cf 1f18e 1f191-1f19a 1f1e6-1f1ff 1f201 1f21a 1f22f
1f232-1f236 1f238-1f23a 1f250-1f251 1f300-1f320 1f32d-1f335 1f337-1f37c 1f37e-1f393 1f3a0-1f3ca
1f3cf-1f3d3 1f3e0-1f3f0 1f3f4 1f3f8-1f43e 1f440 1f442-1f4fc 1f4ff-1f53d 1f54b-1f54e 1f550-1f567 1f57a
1f595-1f596 1f5a4 1f5fb-1f64f 1f680-1f6c5 1f6cc 1f6d0-1f6d2 1f6d5-1f6d8 1f6dc-1f6df 1f6eb-1f6ec
1f6f4-1f6fc 1f7e0-1f7eb 1f7f0 1f90c-1f93a 1f93c-1f945 1f947-1f9ff 1fa70-1fa7c 1fa80-1fa8a 1fa8e-1fac6
1fac8 1facd-1fadc 1fadf-1faea 1faef-1faf8`,
	"Emoji_Modifier": `1f3fb-1f3ff`,
	"Emoji_Modifier_Base": `261d 26f9 270a-270d 1f385 1f3c2-1f3c4 1f3c7 1f3ca-1f3cc 1f442-1f443 1f446-1f450 1f466-1f478 1f47c
1f481-1f483 1f485-1f487 1f48f 1f491 1f4aa 1f574-1f575 1f57a 1f590 1f595-1f596 1f645-1f647 1f64b-1f64f
1f6a3 1f6b4-1f6b6 1f6c0 1f6cc 1f90c 1f90f 1f918-1f91f 1f926 1f930-1f939 1f93c-1f93e 1f977 1f9b5-1f9b6
1f9b8-1f9b9 1f9bb 1f9cd-1f9cf 1f9d1-1f9dd 1fac3-1fac5 1faf0-1faf8`,
	"Emoji_Component": `23 2a 30-39 200d 20e3 fe0f 1f1e6-1f1ff 1f3fb-1f3ff 1f9b0-1f9b3 e0020-e007f`,
}
