// Package coverage counts which statements and branches of a plugin's own source run. Engines write
// the counts, reporters read them, and neither needs to know the other.
//
// The front door is [Profile]. An engine that instruments a file adds its points with [Profile.Add]
// and counts them; [Profile.Files] is what came of it.
//
// # What counts
//
// The notions are the same in every language, so that the numbers of a JavaScript plugin and of
// its twin in Go mean the same:
//
//	             JavaScript and TypeScript           Go
//	statements   at the top of a module, in blocks   initial values of package variables, in blocks
//	             the value of an arrow function
//	no           functions, directives,              functions, constants, types,
//	statements   what esbuild adds                   the simple statement before if, for and switch
//	branches     both arms of an if, also without else
//	             a clause of a switch                also of a type switch and a select
//	             the right side of && and ||         but for constants
//	             the right side of ??, both of ?:
//
// A statement belongs to the line on which it begins, after its label. What runs when a plugin is
// loaded, to see what it is made of, counts too.
//
// # Vocabulary
//
//	point    a place that is counted: a statement, or an arm of a branch
//	measured said of files that are the plugin's own: tests and installed packages are not
//	known    said of files with points
//
// # What it refuses to do
//
// It reads no source and knows no language: what a point is, the engine says.
package coverage
