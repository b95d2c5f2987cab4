// Command plugreel replays event archives through plugins, offline.
//
//	plugreel replay -p ./my-plugin events.ndjson.gz -o out.ndjson
//	plugreel inspect exports/
//	plugreel validate ./my-plugin
//	plugreel new my-plugin
//	plugreel test ./my-plugin
//	plugreel build --with ./my-go-plugin -o reel
//
// Results go to files or standard output, everything else to standard error. The exit code is
// 0 if every record was written or dropped by a plugin, 1 if a hook failed, there was a dead
// letter or a webhook was not delivered, 2 if the command, a manifest, the configuration or a
// plugin is wrong, 3 if the system failed, and 130 after an interruption; of several the last one
// listed counts.
//
// All of it is in package cmd, so that programs that plugreel build makes have it too.
package main

import "github.com/plugreel/plugreel/batch/cmd"

func main() { cmd.Main() }
