package lower

import "go/types"

// substitution gives type parameters their types.
type substitution map[*types.TypeParam]types.Type

func substitute(params *types.TypeParamList, args []types.Type) substitution {
	s := substitution{}
	for i, a := range args {
		s[params.At(i)] = a
	}
	return s
}

// apply returns t with the parameters replaced.
func (s substitution) apply(t types.Type) types.Type {
	if len(s) == 0 || t == nil {
		return t
	}
	switch t := types.Unalias(t).(type) {
	case *types.TypeParam:
		if a := s[t]; a != nil {
			return a
		}
		return t
	case *types.Named:
		return s.named(t)
	case *types.Pointer:
		return types.NewPointer(s.apply(t.Elem()))
	case *types.Slice:
		return types.NewSlice(s.apply(t.Elem()))
	case *types.Array:
		return types.NewArray(s.apply(t.Elem()), t.Len())
	case *types.Map:
		return types.NewMap(s.apply(t.Key()), s.apply(t.Elem()))
	case *types.Chan:
		return types.NewChan(t.Dir(), s.apply(t.Elem()))
	case *types.Tuple:
		return s.tuple(t)
	case *types.Signature:
		return types.NewSignatureType(nil, nil, nil, s.tuple(t.Params()), s.tuple(t.Results()), t.Variadic())
	case *types.Struct:
		return s.structType(t)
	case *types.Interface:
		return s.interfaceType(t)
	}
	return t
}

func (s substitution) named(t *types.Named) types.Type {
	args := t.TypeArgs()
	if args.Len() == 0 {
		return t
	}
	list := make([]types.Type, args.Len())
	for i := range list {
		list[i] = s.apply(args.At(i))
	}
	n, err := types.Instantiate(shared, t.Origin(), list, false)
	if err != nil {
		panic(err) // only validation makes errors
	}
	return n
}

// shared makes instances of generic types the same if their arguments are.
var shared = types.NewContext()

func (s substitution) tuple(t *types.Tuple) *types.Tuple {
	vars := make([]*types.Var, t.Len())
	for i := range vars {
		v := t.At(i)
		vars[i] = types.NewParam(v.Pos(), v.Pkg(), v.Name(), s.apply(v.Type()))
	}
	return types.NewTuple(vars...)
}

func (s substitution) structType(t *types.Struct) types.Type {
	fields := make([]*types.Var, t.NumFields())
	tags := make([]string, t.NumFields())
	for i := range fields {
		f := t.Field(i)
		fields[i] = types.NewField(f.Pos(), f.Pkg(), f.Name(), s.apply(f.Type()), f.Embedded())
		tags[i] = t.Tag(i)
	}
	return types.NewStruct(fields, tags)
}

func (s substitution) interfaceType(t *types.Interface) types.Type {
	methods := make([]*types.Func, t.NumMethods())
	for i := range methods {
		m := t.Method(i)
		methods[i] = types.NewFunc(m.Pos(), m.Pkg(), m.Name(), s.apply(m.Type()).(*types.Signature))
	}
	return types.NewInterfaceType(methods, nil).Complete()
}
