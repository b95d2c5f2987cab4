package symbols

import (
	"go/importer"
	"go/token"
	"go/types"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/interp/internal/symbols/list"
)

// TestSDKInStep checks that the table of the sdk has every exported name of the package as it is
// now, and no other. Generics cannot stand in a table; the sdk has none.
func TestSDKInStep(t *testing.T) {
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("no go toolchain")
	}
	dir, err := filepath.Abs("../../..")
	require.NoError(t, err)
	t.Chdir(dir)
	pkg, err := importer.ForCompiler(token.NewFileSet(), "source", nil).Import(list.SDK)
	require.NoError(t, err)
	table := Table(list.SDK)
	for _, name := range pkg.Scope().Names() {
		o := pkg.Scope().Lookup(name)
		if o.Exported() {
			assert.Contains(t, table, name, "run go generate ./interp/internal/symbols")
		}
		if _, isType := o.(*types.TypeName); isType && types.IsInterface(o.Type()) && o.Exported() {
			assert.Contains(t, table, "_"+name, "an interface has a wrapper")
		}
	}
	for name := range table {
		if name[0] != '_' {
			assert.NotNil(t, pkg.Scope().Lookup(name), "%s is no more: run go generate ./interp/internal/symbols", name)
		}
	}
}

func TestEveryPackageHasItsFile(t *testing.T) {
	for _, p := range list.Packages {
		assert.True(t, Has(p.Path), p.Path)
		assert.NotEmpty(t, Table(p.Path), p.Path)
	}
	files, err := filepath.Glob("z_*.go")
	require.NoError(t, err)
	assert.Len(t, files, len(list.Packages)+1)
	assert.Nil(t, Table("os"))
	_, err = os.Stat("z_os.go")
	require.ErrorIs(t, err, os.ErrNotExist)
}
