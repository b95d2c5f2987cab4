// Package jest runs a plugin's own Jest tests, unchanged and without Node.
package jest
