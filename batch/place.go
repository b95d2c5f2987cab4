package batch

import "strconv"

// place is where a record stands.
type place struct {
	source       string
	line, offset int64
}

func (p place) String() string { return p.source + ":" + strconv.FormatInt(p.line, 10) }

// failure is a hook call that went wrong.
type failure struct {
	plugin int
	name   string // of the plugin
	hook   string
	err    error
}
