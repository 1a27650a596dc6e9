// Answers what kustomize and Flux make of an input: one request a line on standard input, one answer a line on standard
// output, both JSON. The versions are those of kustomize-controller in Flux 2.9.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	securejoin "github.com/cyphar/filepath-securejoin"
	flux "github.com/fluxcd/pkg/kustomize"
	securefs "github.com/fluxcd/pkg/kustomize/filesys"
	ssa "github.com/fluxcd/pkg/ssa/utils"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/fake"
	"sigs.k8s.io/kustomize/api/konfig"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/api/provider"
	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

type request struct {
	// A directory of these files is built.
	Files     map[string]string `json:"files"`
	Directory string            `json:"directory"`
	// Or they are the artifact of a Flux Kustomization; in the cluster are these ConfigMaps and Secrets, one document each.
	// An artifact with a name has its content once, and is kept for the requests that name it again.
	Kustomization string            `json:"kustomization"`
	Cluster       []string          `json:"cluster"`
	Artifact      string            `json:"artifact"`
	Content       map[string][]byte `json:"content"`
	// Or in an object the variables are substituted.
	Object    string            `json:"object"`
	Variables map[string]string `json:"variables"`
	Strict    bool              `json:"strict"`
}

// Objects are JSON with sorted keys, as encoding/json writes it.
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
			for _, artifact := range artifacts {
				os.RemoveAll(artifact)
			}
			return
		}
		var asked request
		if err := json.Unmarshal(line, &asked); err != nil {
			panic(err)
		}
		_ = out.Encode(reply(asked))
	}
}

func reply(asked request) (given answer) {
	defer func() {
		if reason := recover(); reason != nil {
			given = answer{Error: fmt.Sprint("panic: ", reason)}
		}
	}()
	objects, err := objectsOf(asked)
	if err != nil {
		return answer{Error: err.Error()}
	}
	return answer{Objects: objects}
}

func objectsOf(asked request) ([]string, error) {
	if asked.Kustomization != "" {
		return reconciled(asked)
	}
	if asked.Files == nil {
		return substituted(asked)
	}
	built, err := build(asked)
	if err != nil {
		return nil, err
	}
	objects := []string{}
	for _, each := range built.Resources() {
		object, err := each.MarshalJSON()
		if err != nil {
			return nil, err
		}
		objects = append(objects, string(object))
	}
	return objects, nil
}

func build(asked request) (resmap.ResMap, error) {
	fs := filesys.MakeFsInMemory()
	for path, text := range asked.Files {
		if err := fs.WriteFile(filepath.Join("/", path), []byte(text)); err != nil {
			return nil, err
		}
	}
	return run(fs, filepath.Join("/", asked.Directory))
}

func run(files filesys.FileSystem, directory string) (resmap.ResMap, error) {
	options := &krusty.Options{LoadRestrictions: types.LoadRestrictionsNone, PluginConfig: types.DisabledPluginConfig()}
	return krusty.MakeKustomizer(options).Run(files, directory)
}

func substituted(asked request) ([]string, error) {
	resource, err := provider.NewDefaultDepProvider().GetResourceFactory().FromBytes([]byte(asked.Object))
	if err != nil {
		return nil, err
	}
	values := map[string]interface{}{}
	for name, value := range asked.Variables {
		values[name] = value
	}
	owner := unstructured.Unstructured{Object: map[string]interface{}{
		"kind":     "Kustomization",
		"metadata": map[string]interface{}{"name": "differential", "namespace": "flux-system"},
		"spec":     map[string]interface{}{"postBuild": map[string]interface{}{"substitute": values}},
	}}
	empty := fake.NewClientBuilder().Build()
	result, err := flux.SubstituteVariables(context.Background(), empty, owner, resource, flux.SubstituteWithStrict(asked.Strict))
	if err != nil {
		return nil, err
	}
	if result == nil {
		result = resource
	}
	object, err := result.MarshalJSON()
	return []string{string(object)}, err
}

// What kustomize-controller makes of a Kustomization, in its order (generate, build and apply of kustomization_controller.go).
func reconciled(asked request) ([]string, error) {
	// First, since the content of an artifact with a name comes only once.
	artifact, err := artifactOf(asked)
	if err != nil {
		return nil, err
	}
	if asked.Artifact == "" {
		defer os.RemoveAll(artifact)
	}
	owner, err := read(asked.Kustomization)
	if err != nil {
		return nil, err
	}
	path, _, _ := unstructured.NestedString(owner.Object, "spec", "path")
	directory, err := securejoin.SecureJoin(artifact, path)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(directory); err != nil {
		return nil, err
	}
	restore, err := generated(artifact, directory, *owner)
	if err != nil {
		return nil, err
	}
	defer restore()
	built, err := securelyBuilt(artifact, directory)
	if err != nil {
		return nil, err
	}
	if err := afterBuild(built, asked, *owner); err != nil {
		return nil, err
	}
	return applied(built, *owner)
}

// As flux.SecureBuild does it, which reads the schema of Kubernetes anew for every build: a tenth of a second. Only a build with
// an `openapi` of its own changes that.
func securelyBuilt(artifact, directory string) (resmap.ResMap, error) {
	if changesSchema(artifact) {
		return flux.SecureBuild(artifact, directory, false)
	}
	files, err := securefs.MakeFsOnDiskSecure(artifact)
	if err != nil {
		return nil, err
	}
	return run(files, directory)
}

var changing = map[string]bool{}

func changesSchema(artifact string) bool {
	known, isKnown := changing[artifact]
	if isKnown {
		return known
	}
	changes := false
	_ = filepath.WalkDir(artifact, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !slices.Contains(konfig.RecognizedKustomizationFileNames(), entry.Name()) {
			return nil
		}
		content, _ := os.ReadFile(path)
		changes = changes || bytes.Contains(bytes.ToLower(content), []byte("openapi"))
		return nil
	})
	changing[artifact] = changes
	return changes
}

// Writes the kustomization file that the controller builds, and gives the way back.
func generated(artifact, directory string, owner unstructured.Unstructured) (func(), error) {
	manifest, file, action, err := flux.NewGenerator(artifact, owner).GenerateManifest(directory)
	if err != nil {
		return nil, err
	}
	if action == flux.CreatedAction {
		return func() { os.Remove(file) }, os.WriteFile(file, manifest, 0o644)
	}
	original, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return func() { _ = os.WriteFile(file, original, 0o644) }, os.WriteFile(file, manifest, 0o644)
}

var artifacts = map[string]string{}

func artifactOf(asked request) (string, error) {
	if known := artifacts[asked.Artifact]; known != "" {
		return known, nil
	}
	artifact, err := os.MkdirTemp("", "differential")
	if err != nil {
		return "", err
	}
	if artifact, err = filepath.EvalSymlinks(artifact); err != nil {
		return "", err
	}
	for path, text := range asked.Files {
		if err := write(filepath.Join(artifact, path), []byte(text)); err != nil {
			return "", err
		}
	}
	for path, content := range asked.Content {
		if err := write(filepath.Join(artifact, path), content); err != nil {
			return "", err
		}
	}
	if asked.Artifact != "" {
		artifacts[asked.Artifact] = artifact
	}
	return artifact, nil
}

func write(file string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, content, 0o644)
}

func read(text string) (*unstructured.Unstructured, error) {
	resource, err := provider.NewDefaultDepProvider().GetResourceFactory().FromBytes([]byte(text))
	if err != nil {
		return nil, err
	}
	object, err := resource.MarshalJSON()
	if err != nil {
		return nil, err
	}
	owner := &unstructured.Unstructured{}
	return owner, owner.UnmarshalJSON(object)
}

func afterBuild(built resmap.ResMap, asked request, owner unstructured.Unstructured) error {
	client, err := clusterOf(asked)
	if err != nil {
		return err
	}
	_, substitutes, _ := unstructured.NestedMap(owner.Object, "spec", "postBuild")
	strategy, _, _ := unstructured.NestedString(owner.Object, "spec", "postBuild", "substituteStrategy")
	options := []flux.SubstituteOption{flux.SubstituteWithStrict(asked.Strict), flux.SubstituteWithAlways(strategy == "Always")}
	for _, each := range built.Resources() {
		if each.GetName() == "" || each.GetKind() == "" || each.GetApiVersion() == "" {
			return fmt.Errorf("failed to decode Kubernetes apiVersion, kind and name from: %v", each.String())
		}
		if !substitutes {
			continue
		}
		result, err := flux.SubstituteVariables(context.Background(), client, owner, each, options...)
		if err != nil {
			return err
		}
		if result == nil {
			continue
		}
		if _, err := built.Replace(each); err != nil {
			return err
		}
	}
	return nil
}

func clusterOf(asked request) (client.Client, error) {
	scheme := runtime.NewScheme()
	if err := corev1.AddToScheme(scheme); err != nil {
		return nil, err
	}
	builder := fake.NewClientBuilder().WithScheme(scheme)
	for _, text := range asked.Cluster {
		each, err := read(text)
		if err != nil {
			return nil, err
		}
		builder = builder.WithObjects(each)
	}
	return builder.Build(), nil
}

// The controller prints what it built and reads it again.
func applied(built resmap.ResMap, owner unstructured.Unstructured) ([]string, error) {
	text, err := built.AsYaml()
	if err != nil {
		return nil, err
	}
	read, err := ssa.ReadObjects(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	// What is no map of texts the API server does not let in.
	labels, _, _ := unstructured.NestedStringMap(owner.Object, "spec", "commonMetadata", "labels")
	annotations, _, _ := unstructured.NestedStringMap(owner.Object, "spec", "commonMetadata", "annotations")
	if _, isSet, _ := unstructured.NestedMap(owner.Object, "spec", "commonMetadata"); isSet {
		ssa.SetCommonMetadata(read, labels, annotations)
	}
	objects := []string{}
	for _, each := range read {
		object, err := json.Marshal(each.Object)
		if err != nil {
			return nil, err
		}
		objects = append(objects, string(object))
	}
	return objects, nil
}
