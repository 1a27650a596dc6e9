# Completion of flux-lint for bash, 3.2 and later: source <(flux-lint completion bash)

_flux_lint() {
  local words=() word current=${COMP_WORDS[COMP_CWORD]} index line lines directive

  # bash may take "=" for a word of its own; flux-lint wants words as they will be given.
  for ((index = 1; index <= COMP_CWORD; index++)); do
    word=${COMP_WORDS[index]}
    if ((${#words[@]} > 0)) && [[ $word == '='* || ${COMP_WORDS[index - 1]} == '=' ]]; then
      words[${#words[@]} - 1]+=$word
    else
      words+=("$word")
    fi
  done
  [[ $current == '=' ]] && current=
  word=${words[${#words[@]} - 1]}

  # What stands before the word that bash will replace, without the option itself, which candidates do not repeat.
  local before=${word%"$current"} option=
  [[ $current == --*=* ]] && option=${current%%=*}=
  [[ $before == --*=* ]] && before=${before#*=}

  lines=$(flux-lint __complete "${words[@]}" 2>/dev/null) || return
  directive=${lines##*:}
  COMPREPLY=()
  while IFS= read -r line; do
    [[ $line == :* ]] && continue
    line=${line%%$'\t'*}
    COMPREPLY+=("$option${line#"$before"}")
  done <<<"$lines"

  # compopt came with bash 4; without it there are files where there should be none, and a blank too many.
  if ((directive & 16)); then
    while IFS= read -r line; do COMPREPLY+=("$option$line"); done < <(compgen -d -- "${current#"$option"}")
    compopt -o filenames 2>/dev/null
  fi
  ((directive & 2)) && compopt -o nospace 2>/dev/null
  ((directive & 4)) && compopt +o default 2>/dev/null
  return 0
}

complete -o default -F _flux_lint flux-lint
