# Completion of flux-lint for fish: flux-lint completion fish > ~/.config/fish/completions/flux-lint.fish

function __flux_lint_complete
    set -l typed (commandline --current-token)
    set -l words (commandline --tokenize --cut-at-cursor --current-process) $typed
    set -l lines (flux-lint __complete $words[2..-1] 2>/dev/null)
    test (count $lines) -gt 0; or return
    set -l directive (string replace ':' '' -- $lines[-1])

    # Candidates do not repeat the option they belong to; fish wants the whole word.
    set -l option (string match --regex -- '^--[^=]+=' $typed)
    set -l value (string replace -- "$option" '' $typed)

    if test (count $lines) -gt 1
        printf '%s\n' "$option"$lines[1..-2]
    else if test $directive -eq 16
        printf '%s\n' "$option"(__fish_complete_directories $value '')
    else if test $directive -eq 0
        printf '%s\n' "$option"(__fish_complete_path $value)
    end
end

complete --command flux-lint --no-files --arguments '(__flux_lint_complete)'
