# jobvault: completion for fish 3.1 and later. Install it in one of two ways.
#
# 1. Store it once, and again when jobvault was updated:
#
#      mkdir -p ~/.config/fish/completions
#      jobvault completion fish > ~/.config/fish/completions/jobvault.fish
#
# 2. Or put this line in ~/.config/fish/config.fish:
#
#      jobvault completion fish | source

function __jobvault_completion
    set -l typed (commandline -cp | string collect)
    set -l lines (env _JOBVAULT_COMPLETE=fish_complete COMP_LINE=$typed jobvault </dev/null 2>/dev/null)
    set -l word (commandline -ct)
    set -l option (string match -r -- '^--[a-z-]+=' $word)
    set -l path (string replace -r -- '^--[a-z-]+=' '' $word)
    set -l kind $lines[1]
    set -e lines[1]
    switch "$kind"
        case folders
            set lines (__fish_complete_directories "$path" '')
        case files
            set lines (__fish_complete_path "$path")
        case '*'
            set option
    end
    for line in $lines
        printf '%s\n' "$option$line"
    end
end

complete --command jobvault --no-files --keep-order --arguments '(__jobvault_completion)'
