package cmd

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/plugreel/plugreel/manifest"
)

// settingKind says what the value of a setting is.
type settingKind int

const (
	setText settingKind = iota
	setJSON
	attach
)

func (k settingKind) flag() string { return [...]string{"--set", "--set-json", "--attach"}[k] }

// setting is one [plugin.]key=value of the command line.
type setting struct {
	kind       settingKind
	key, value string               // the key maybe with the plugin's name
	file       *manifest.Attachment // what value names, if it was read already
}

// settingVar collects settings.
type settingVar struct {
	settings *[]setting
	kind     settingKind
}

func (v *settingVar) Set(s string) error {
	key, value, ok := strings.Cut(s, "=")
	if !ok || key == "" {
		return errors.New("want key=value") // the value may be secret and is not shown
	}
	*v.settings = append(*v.settings, setting{kind: v.kind, key: key, value: value})
	return nil
}

func (v *settingVar) String() string { return "" }
func (v *settingVar) Type() string   { return "stringArray" }

// target finds the plugin that a setting is for, and the key. A name in front of a point is a
// plugin's if there is one of that name; else the point is part of the key.
func (l *loaded) target(s setting) (*entry, string, error) {
	for _, p := range l.links {
		if key, ok := strings.CutPrefix(s.key, p.name+"."); ok && key != "" {
			return p.entry, key, nil
		}
	}
	if len(l.links) == 1 {
		return l.links[0].entry, s.key, nil
	}
	var having []link
	for _, p := range l.links {
		if _, ok := p.plugin.Manifest.Field(s.key); ok {
			having = append(having, p)
		}
	}
	switch {
	case len(l.links) == 0:
		return nil, "", errors.New("got no plugin to set it for; name one with -p")
	case len(having) == 1:
		return having[0].entry, s.key, nil
	}
	return nil, "", fmt.Errorf("which plugin is it for? put its name and a point in front: %s.%s", l.links[0].name, s.key)
}

func (s setting) apply(e *entry, key string) error {
	switch s.kind {
	case setJSON:
		return e.config.SetJSON(key, s.value)
	case attach:
		if s.file != nil {
			e.put(key, *s.file)
			return nil
		}
		return e.attach(key, s.value)
	}
	e.config.Set(key, s.value)
	return nil
}

func (e *entry) attach(key, file string) error {
	attachment, err := readAttachment(file)
	if err == nil {
		e.put(key, attachment)
	}
	return err
}

func readAttachment(file string) (manifest.Attachment, error) {
	contents, err := os.ReadFile(file)
	if err != nil {
		return manifest.Attachment{}, fmt.Errorf("%s: %w", file, plain(err))
	}
	return manifest.NewAttachment(file, contents), nil
}

func (e *entry) put(key string, a manifest.Attachment) {
	if e.attachments == nil {
		e.attachments = map[string]manifest.Attachment{}
	}
	e.attachments[key] = a
}

// plain takes the operation and the path off an error of package os.
func plain(err error) error {
	var e *os.PathError
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}
