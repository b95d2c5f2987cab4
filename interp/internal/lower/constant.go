package lower

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/types"
	"math"
	"strconv"
	"strings"
)

// constant returns the text of an expression that is a constant.
func (f *function) constant(e ast.Expr) (string, bool) {
	tv, ok := f.pkg.Info.Types[e]
	if !ok || tv.Value == nil {
		return "", false
	}
	return f.constantOf(tv.Value, types.Default(f.subst.apply(tv.Type))), true
}

// constantOf is the text of a constant of type t.
func (f *function) constantOf(v constant.Value, t types.Type) string {
	basic, ok := t.Underlying().(*types.Basic)
	if !ok { // of an interface type
		return f.constantOf(v, types.Default(untypedOf(v)))
	}
	text, typ := f.constantText(v, basic), f.p.typ(t)
	if typ == "int" || typ == "string" || typ == "bool" || typ == "float64" || typ == "complex128" {
		return text
	}
	return fmt.Sprintf("%s(%s)", typ, text)
}

func untypedOf(v constant.Value) types.Type {
	switch v.Kind() {
	case constant.Bool:
		return types.Typ[types.UntypedBool]
	case constant.String:
		return types.Typ[types.UntypedString]
	case constant.Int:
		return types.Typ[types.UntypedInt]
	case constant.Float:
		return types.Typ[types.UntypedFloat]
	}
	return types.Typ[types.UntypedComplex]
}

func (f *function) constantText(v constant.Value, t *types.Basic) string {
	switch info := t.Info(); {
	case info&types.IsBoolean != 0:
		return strconv.FormatBool(constant.BoolVal(v))
	case info&types.IsString != 0:
		return strconv.Quote(constant.StringVal(v))
	case info&types.IsInteger != 0:
		return constant.ToInt(v).ExactString()
	case info&types.IsFloat != 0:
		return floatText(v)
	}
	return fmt.Sprintf("rt.Complex(%s, %s)", floatText(constant.Real(v)), floatText(constant.Imag(v)))
}

// floatText is a float constant that no reader takes for an integer.
func floatText(v constant.Value) string {
	x, _ := constant.Float64Val(constant.ToFloat(v))
	text := strconv.FormatFloat(x, 'g', -1, 64)
	if x == math.Trunc(x) && !strings.ContainsAny(text, ".e") {
		text += ".0"
	}
	return text
}
