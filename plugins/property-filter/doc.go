// Package propertyfilter drops properties of events, or keeps some and drops all others.
//
//	config   {"properties": "email, user.phone, $initial_*", "mode": "drop"}
//	before   {"event":"signup","properties":{"email":"ada@example.com","user":{"phone":"1","plan":"pro"},"$initial_referrer":"x"}}
//	after    {"event":"signup","properties":{"user":{"plan":"pro"}}}
//
//	key          type     default      effect
//	mode         choice   drop         drop removes what matches, keep removes all else
//	properties   string   (none)       paths: a list with commas, or an array
//	regexp       string   (none)       an expression for paths, at any depth
//	targets      string   properties   where to look: properties, $set, $set_once
//	events       string   (all)        names of the events to look at
//
// A path has a name for each level, with dots between them: "user.address.street"; a dot in a name
// is written "\.". In a name "*" stands for any letters, none too, and "?" for one. The name "**"
// stands for any number of levels, none too. Arrays are no level: elements of "items" that are
// objects have their members at "items.sku". One of properties and regexp is needed.
//
// An object whose path matches is dropped, or kept, with all that is in it. With keep, an object
// that has nothing left goes as well; with drop it stays, empty. Nothing but what goes is touched.
package propertyfilter
