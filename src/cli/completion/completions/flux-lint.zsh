#compdef flux-lint
# Completion of flux-lint for zsh: source <(flux-lint completion zsh), or as _flux-lint in a directory of $fpath.

_flux_lint() {
  local -a lines candidates options
  local line directive
  lines=("${(@f)$(flux-lint __complete "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
  directive=${lines[-1]#:}

  # Candidates do not repeat the option they belong to.
  [[ $PREFIX == --*=* ]] && compset -P '[^=]##='

  for line in "${(@)lines[1,-2]}"; do
    # A colon would end the candidate.
    candidates+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
  done
  ((directive & 2)) && options+=(-S '')

  if ((${#candidates})); then
    _describe -V 'flux-lint' candidates "${options[@]}"
  elif ((directive & 16)); then
    _files -/
  elif ! ((directive & 4)); then
    _files
  fi
}

# Read as a file of $fpath it is the function itself; sourced, it has to say whose it is.
if [[ ${funcstack[1]} == _flux-lint ]]; then
  _flux_lint "$@"
else
  compdef _flux_lint flux-lint
fi
