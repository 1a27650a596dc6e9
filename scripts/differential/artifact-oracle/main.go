// Answers what source-watcher's builder makes of copy operations: one request a line on standard input, one answer a line
// on standard output, both JSON.
package main

import (
	"archive/tar"
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"time"

	gotkconfig "github.com/fluxcd/pkg/artifact/config"
	gotkdigest "github.com/fluxcd/pkg/artifact/digest"
	gotkstorage "github.com/fluxcd/pkg/artifact/storage"

	swapi "github.com/fluxcd/source-watcher/api/v2/v1beta1"
	"github.com/fluxcd/source-watcher/v2/internal/builder"
)

type request struct {
	Sources map[string]map[string]string `json:"sources"`
	Copy    []swapi.CopyOperation        `json:"copy"`
}

type answer struct {
	Objects []string `json:"objects"`
	Error   string   `json:"error,omitempty"`
}

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := json.NewEncoder(os.Stdout)
	for {
		line, err := in.ReadBytes('\n')
		if err != nil {
			return
		}
		var asked request
		if err := json.Unmarshal(line, &asked); err != nil {
			panic(err)
		}
		objects, err := built(asked)
		given := answer{Objects: objects}
		if err != nil {
			given.Error = err.Error()
		}
		_ = out.Encode(given)
	}
}

func built(asked request) ([]string, error) {
	dir, err := os.MkdirTemp("", "artifact")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	sources := map[string]string{}
	for alias, files := range asked.Sources {
		sources[alias] = filepath.Join(dir, "sources", alias)
		if err := os.MkdirAll(sources[alias], 0o755); err != nil {
			return nil, err
		}
		for path, text := range files {
			full := filepath.Join(sources[alias], path)
			if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
				return nil, err
			}
			if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
				return nil, err
			}
		}
	}
	root := filepath.Join(dir, "storage")
	if err := os.MkdirAll(root, 0o755); err != nil {
		return nil, err
	}
	storage, err := gotkstorage.New(&gotkconfig.Options{ArtifactRetentionRecords: 2, StoragePath: root, StorageAddress: "localhost", StorageAdvAddress: "localhost", ArtifactDigestAlgo: gotkdigest.Canonical.String(), ArtifactRetentionTTL: time.Hour})
	if err != nil {
		return nil, err
	}
	spec := &swapi.OutputArtifact{Name: "made", Copy: asked.Copy}
	artifact, err := builder.New(storage).Build(context.Background(), spec, sources, "shop", filepath.Join(dir, "workspace"))
	if err != nil {
		return nil, err
	}
	return contents(storage.LocalPath(*artifact))
}

func contents(path string) ([]string, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	packed, err := gzip.NewReader(file)
	if err != nil {
		return nil, err
	}
	found := []string{}
	for archive := tar.NewReader(packed); ; {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			sort.Strings(found)
			return found, nil
		}
		if err != nil {
			return nil, err
		}
		if header.Typeflag != tar.TypeReg {
			continue
		}
		text, err := io.ReadAll(archive)
		if err != nil {
			return nil, err
		}
		pair, err := json.Marshal([]string{header.Name, fmt.Sprintf("%s", text)})
		if err != nil {
			return nil, err
		}
		found = append(found, string(pair))
	}
}
