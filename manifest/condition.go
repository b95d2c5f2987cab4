package manifest

// conditionRef is a key that a condition names, to be looked up once all fields are known.
type conditionRef struct {
	key    string
	offset int
	at     *place
}

const conditionForm = `want a list of ["key", "value"] or ["key"]; it has no effect`

// conditionList reads the pairs of required_if or visible_if; nil if any of them is malformed.
func (d *decoder) conditionList(n *node, at *place) []Condition {
	if n.kind == kindNull {
		return nil
	}
	if n.kind != kindArray {
		d.warn(n.offset, at, CodeBadCondition, "got "+n.kind.String()+", "+conditionForm)
		return nil
	}
	var list []Condition
	var refs []conditionRef
	for i, item := range n.items {
		c, ok := condition(item)
		if !ok {
			d.warn(item.offset, at.element(i), CodeBadCondition, conditionForm)
			return nil
		}
		list = append(list, c)
		refs = append(refs, conditionRef{c.Key, item.offset, at.element(i)})
	}
	d.conditions = append(d.conditions, refs...)
	return list
}

// condition reads one pair. A null value is an absent one, as in the original, where it was
// undefined.
func condition(n *node) (Condition, bool) {
	if len(n.items) < 1 || len(n.items) > 2 || n.items[0].kind != kindString {
		return Condition{}, false
	}
	c := Condition{Key: n.items[0].text}
	if len(n.items) == 1 || n.items[1].kind == kindNull {
		return c, true
	}
	c.Value = &n.items[1].text
	return c, n.items[1].kind == kindString
}

// checkConditions warns of conditions on keys that no field has.
func (d *decoder) checkConditions() {
	if d.partial || len(d.conditions) == 0 {
		return
	}
	var keys []string
	known := map[string]bool{}
	for _, f := range d.m.declared() {
		keys = append(keys, f.Key)
		known[f.Key] = true
	}
	for _, c := range d.conditions {
		if !known[c.key] {
			d.warn(c.offset, c.at, CodeBadCondition, "got "+quote(c.key)+", want the key of a field").suggest(c.key, keys)
		}
	}
}

// holds reports whether all conditions are met by the text of other fields' values, "" for a
// missing or falsy one. No conditions are not met.
func holds(conditions []Condition, valueOf func(key string) string) bool {
	for _, c := range conditions {
		got := valueOf(c.Key)
		if c.Value == nil && got == "" || c.Value != nil && got != *c.Value {
			return false
		}
	}
	return len(conditions) > 0
}
