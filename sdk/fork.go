package sdk

// Fork returns a copy of o as it is now, each name once, as Clone does, in memory of the same event: what
// it costs is a copy of the index. What is written to one does not show in the other. The copy belongs to
// nobody until [Object.Graft] or [PluginEvent.Heir] takes it. For engines.
func (o *Object) Fork() *Object {
	o.dedupe()
	k := o.root.object()
	*k = Object{root: o.root, src: emptyText, flags: indexed | free, epoch: o.root.epoch}
	for i := range o.mem {
		if o.mem[i].flags&(gone|again) == again {
			o.Each(func(key string, v Value) bool { k.SetValue(key, v); return true })
			return k
		}
	}
	k.src, k.ext = o.src, o.ext[:len(o.ext):len(o.ext)]
	k.mem, k.flags = o.root.copyIndex(o.mem), o.flags&^detached|free
	for i := range k.mem {
		if m := &k.mem[i]; m.kid > 0 {
			k.settle(m, o.kids[m.kid-1])
		}
	}
	return k
}

// settle makes m the text that kid, which stands in the object that o was copied from, has now.
func (o *Object) settle(m *member, kid *Object) {
	m.kid = 0
	if kid.flags&dirty == 0 {
		return
	}
	text := o.appendExt(kid.AppendJSON)
	m.val, m.valLen = text.at, text.len
	m.flags |= valWritten
}

// Graft makes k, which [Object.Fork] has made of an object of the same event, the value of a member, without
// copying it: what is written to k from now on is written to o. It says whether it could, which is not so
// if k is somebody's value already. For engines.
func (o *Object) Graft(key string, k *Object) bool {
	if k.flags&free == 0 || k.root != o.root {
		return false
	}
	o.own()
	k.flags = k.flags&^free | dirty // the text of the member is not its own
	k.parent, k.attach = o, key
	o.addKid(k)
	o.adopt(k)
	return true
}

// Heir returns an event whose members are those of k, which [Object.Fork] has made of an object of e; nil if k
// is something else. It goes on where e ends: to release e is to release none of them, to release the heir both.
// The heir has k's members from now on: k must neither be read nor written any more. The heir must not be written
// before the next Checkpoint, which is the earliest state that it can be restored to. For engines.
func (e *PluginEvent) Heir(k *Object) *PluginEvent {
	if k.flags&free == 0 || k.root != e.root {
		return nil
	}
	heir := e.root.event()
	heir.Object = *k
	heir.flags &^= free
	for _, kid := range heir.kids {
		kid.parent = &heir.Object
	}
	e.survived = true
	return heir
}

// event returns a PluginEvent without a tree of its own.
func (r *root) event() *PluginEvent {
	if r.arena == nil {
		return new(PluginEvent)
	}
	return r.arena.newEvent()
}
