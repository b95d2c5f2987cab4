// Interfaces made of others.
package main

import "fmt"

type reader interface{ Read() string }
type writer interface{ Write(s string) int }
type readWriter interface {
	reader
	writer
}
type file struct{ data []string }

func (f *file) Read() string {
	if len(f.data) == 0 {
		return ""
	}
	s := f.data[0]
	f.data = f.data[1:]
	return s
}
func (f *file) Write(s string) int { f.data = append(f.data, s); return len(s) }

type logged struct {
	readWriter
	log []string
}

func (l *logged) Write(s string) int {
	l.log = append(l.log, s)
	return l.readWriter.Write(s)
}

func main() {
	var rw readWriter = &logged{readWriter: &file{}}
	fmt.Println(rw.Write("abc"), rw.Write("de"))
	var r reader = rw
	fmt.Println(r.Read(), r.Read(), r.Read() == "")
	fmt.Println(rw.(*logged).log)
	w, ok := r.(writer)
	fmt.Println(ok, w.Write("q"))
}
