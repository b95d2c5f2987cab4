package input

// Codecs are the ways to write an input, by name.
var Codecs = codecs
