// Package symbols holds what interpreted plugins can reach of compiled packages: for each import
// path a table from names to values, in the form that the interpreter takes.
//
// Tables are made when they are asked for, so that a program pays for the packages it imports.
package symbols

import "reflect"

//go:generate go run ./gen

// Table returns the symbols of one package, nil if it is not compiled in. The caller owns the map.
//
// Types stand as nil pointers to them, variables as settable values, untyped constants as
// go/constant values. A name that begins with "_" is the wrapper of an interface: a struct whose
// fields W… are its methods.
func Table(path string) map[string]reflect.Value {
	table := tables[path]
	if table == nil {
		return nil
	}
	return table()
}

// Has says whether a package is compiled in.
func Has(path string) bool { return tables[path] != nil }
