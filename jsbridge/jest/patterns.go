package jest

import (
	"regexp"

	"github.com/dop251/goja"
)

// pattern is a regular expression of the configuration.
type pattern interface {
	// FindStringSubmatch returns the text that matched and its groups, nil if none did.
	FindStringSubmatch(text string) []string
}

// compilePattern compiles a regular expression as JavaScript has it: the engine's own are for those
// that look around.
func compilePattern(text string) (pattern, error) {
	quick, err := regexp.Compile(text)
	if err == nil {
		return quick, nil
	}
	vm := goja.New()
	re, scriptErr := vm.New(vm.Get("RegExp"), vm.ToValue(text))
	if scriptErr != nil {
		return nil, err
	}
	exec, _ := goja.AssertFunction(re.Get("exec"))
	return &scripted{vm, re, exec}, nil
}

// scripted is a RegExp of JavaScript.
type scripted struct {
	vm   *goja.Runtime
	re   *goja.Object
	exec goja.Callable
}

func (s *scripted) FindStringSubmatch(text string) []string {
	match, err := s.exec(s.re, s.vm.ToValue(text))
	if err != nil || goja.IsNull(match) {
		return nil
	}
	var groups []string
	s.vm.ForOf(match, func(group goja.Value) bool {
		if goja.IsUndefined(group) {
			group = s.vm.ToValue("")
		}
		groups = append(groups, group.String())
		return true
	})
	return groups
}

func matchesAny(patterns []pattern, text string) bool {
	for _, pattern := range patterns {
		if pattern.FindStringSubmatch(text) != nil {
			return true
		}
	}
	return false
}
