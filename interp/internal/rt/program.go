package rt

import (
	"go/types"

	"golang.org/x/tools/go/types/typeutil"
)

// index finds the numbers of types.
type typeIndex struct {
	ids    typeutil.Map
	native typeutil.Map
}

// id is the number of a type, if it has one.
func (p *Program) id(t types.Type) (int, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.index == nil {
		p.index = &typeIndex{}
		for id := range p.Types {
			p.index.ids.Set(p.Types[id].Type, id)
		}
	}
	id, ok := p.index.ids.At(t).(int)
	return id, ok
}

// isNative says whether values of t need no box.
func (p *Program) isNative(t types.Type) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.index == nil {
		p.index = &typeIndex{}
		for id := range p.Types {
			p.index.ids.Set(p.Types[id].Type, id)
		}
	}
	if known, ok := p.index.native.At(t).(bool); ok {
		return known
	}
	native := p.Native(t)
	p.index.native.Set(t, native)
	return native
}
