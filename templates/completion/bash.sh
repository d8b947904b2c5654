# jobvault: completion for bash 4.4 and later. Install it in one of two ways, then open a new terminal.
#
# 1. Put this line at the end of ~/.bashrc (on a Mac: of ~/.bash_profile):
#
#      eval "$(jobvault completion bash)"
#
# 2. Or, where bash-completion is installed, store it once, and again when jobvault was updated:
#
#      mkdir -p ~/.local/share/bash-completion/completions
#      jobvault completion bash > ~/.local/share/bash-completion/completions/jobvault
#
# The bash that comes with macOS is 3.2, too old for this. Use zsh there, or a newer bash (brew install bash).

_jobvault_completion() {
    local kind='' line
    COMPREPLY=()
    while IFS= read -r line; do
        if [[ -z $kind ]]; then
            kind=$line
        elif [[ -n $line ]]; then
            COMPREPLY+=("$line")
        fi
    done <<<"$(
        _JOBVAULT_COMPLETE=bash_complete COMP_LINE=${COMP_LINE:0:COMP_POINT} COMP_TYPE=$COMP_TYPE \
            COMP_WORDBREAKS=$COMP_WORDBREAKS COLUMNS=${COLUMNS-80} command jobvault </dev/null 2>/dev/null
    )"
    case $kind in
        folders) compopt -o dirnames ;;
        files) compopt -o default ;;
    esac
}

if ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 404)); then
    complete -o nosort -F _jobvault_completion jobvault
else
    echo "jobvault: completion needs bash 4.4 or later; this is bash $BASH_VERSION. It is not set up." >&2
fi
