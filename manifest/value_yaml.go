package manifest

import (
	"errors"
	"fmt"
	"math"
	"strconv"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// node makes JSON of a YAML node. Numbers that JSON spells the same way keep their text.
func (e *valueEncoder) node(b []byte, n ast.Node) ([]byte, error) {
	switch n := n.(type) {
	case *ast.MappingNode:
		return e.mapping(b, n.Values)
	case *ast.MappingValueNode:
		return e.mapping(b, []*ast.MappingValueNode{n})
	case *ast.SequenceNode:
		return e.sequence(b, n.Values)
	case *ast.StringNode:
		return appendPlain(b, n), nil
	case *ast.LiteralNode:
		return appendString(b, n.Value.Value), nil
	case *ast.IntegerNode:
		return e.number(b, n.Token.Value, n.Value)
	case *ast.FloatNode:
		return e.number(b, n.Token.Value, n.Value)
	case *ast.BoolNode:
		return strconv.AppendBool(b, n.Value), nil
	case *ast.NullNode:
		return append(b, "null"...), nil
	case *ast.InfinityNode:
		return e.float(b, n.Value)
	case *ast.NanNode:
		return e.float(b, math.NaN())
	case *ast.TagNode:
		return e.tag(b, n)
	case *ast.AnchorNode:
		return e.anchor(b, n)
	case *ast.AliasNode:
		return e.alias(b, n)
	}
	return nil, fmt.Errorf("got a YAML %s, want a plain value", n.Type())
}

// appendPlain appends a scalar that go-yaml takes for text. Without quotes in the source it may
// be a number after all: one of more than 64 bits, or with an exponent and no point.
func appendPlain(b []byte, n *ast.StringNode) []byte {
	plain := n.Token.Type == token.StringType && n.Token.Value == n.Value
	if plain && isNumber(n.Value) {
		return append(b, n.Value...)
	}
	return appendString(b, n.Value)
}

// number appends the text of a number if JSON knows it, else what go-yaml made of it.
func (e *valueEncoder) number(b []byte, text string, value any) ([]byte, error) {
	if isNumber(text) {
		return append(b, text...), nil
	}
	return e.append(b, value)
}

func (e *valueEncoder) mapping(b []byte, values []*ast.MappingValueNode) ([]byte, error) {
	var w objectWriter
	for _, v := range values {
		name, err := nodeKey(v.Key)
		if err == nil {
			err = e.member(&w, name, v.Value)
		}
		if err != nil {
			return nil, err
		}
	}
	return append(b, w.done()...), nil
}

func nodeKey(key ast.MapKeyNode) (string, error) {
	switch k := key.(type) {
	case *ast.StringNode:
		return k.Value, nil
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.NullNode:
		return k.GetToken().Value, nil
	}
	return "", fmt.Errorf("got a YAML %s for a key, want text", key.Type())
}

func (e *valueEncoder) sequence(b []byte, values []ast.Node) ([]byte, error) {
	list := make([]any, len(values))
	for i, v := range values {
		list[i] = v
	}
	return e.list(b, list)
}

// tag handles the tags of the YAML core schema: !!str makes text, the others change nothing.
func (e *valueEncoder) tag(b []byte, n *ast.TagNode) ([]byte, error) {
	switch n.Start.Value {
	case "!!int", "!!float", "!!bool", "!!null", "!!map", "!!seq":
		return e.append(b, n.Value)
	case "!!str":
		if s, ok := n.Value.(ast.ScalarNode); ok {
			return appendString(b, scalarText(s)), nil
		}
	}
	return nil, fmt.Errorf("got the YAML tag %s, want a plain value", quote(n.Start.Value))
}

func scalarText(n ast.ScalarNode) string {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value
	case *ast.LiteralNode:
		return n.Value.Value
	}
	return n.GetToken().Value
}

func (e *valueEncoder) anchor(b []byte, n *ast.AnchorNode) ([]byte, error) {
	text, err := e.append(b, n.Value)
	if e.anchors == nil {
		e.anchors = map[string]ast.Node{}
	}
	e.anchors[n.Name.GetToken().Value] = n.Value
	return text, err
}

func (e *valueEncoder) alias(b []byte, n *ast.AliasNode) ([]byte, error) {
	if target, ok := e.anchors[n.Value.GetToken().Value]; ok {
		return e.append(b, target)
	}
	return nil, errors.New("got a YAML alias to outside this value, want it written out")
}
