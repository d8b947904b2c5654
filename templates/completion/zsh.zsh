#compdef jobvault
# jobvault: completion for zsh. Install it in one of two ways, then open a new terminal.
#
# 1. Put this line at the end of ~/.zshrc:
#
#      eval "$(jobvault completion zsh)"
#
# 2. Or store it once, and again when jobvault was updated:
#
#      mkdir -p ~/.zfunc
#      jobvault completion zsh > ~/.zfunc/_jobvault
#
#    and have these lines in ~/.zshrc:
#
#      fpath=(~/.zfunc $fpath)
#      autoload -Uz compinit && compinit

_jobvault() {
    local typed="${(j: :)words[1,CURRENT-1]} $IPREFIX$QIPREFIX$PREFIX" line
    local -a lines values rows layout
    lines=("${(@f)$(
        _JOBVAULT_COMPLETE=zsh_complete COMP_LINE=$typed COLUMNS=$COLUMNS command jobvault </dev/null 2>/dev/null
    )}")
    case $lines[1] in
        folders) compset -P '--*='; _files -/; return ;;
        files) compset -P '--*='; _files; return ;;
    esac
    for line in "${(@)lines[2,-1]}"; do
        [[ -n $line ]] || continue
        values+=("${line%%$'\t'*}")
        rows+=("${line#*$'\t'}")
    done
    (($#values)) || return 1
    [[ "$values" == "$rows" ]] || layout=(-l)
    compadd -V jobvault -M 'm:{[:lower:][:upper:]}={[:upper:][:lower:]}' $layout -d rows -a values && return
    # None of them begins as the word does: it stands inside of them. What was typed stays until one is left.
    compadd -U -V jobvault $layout -d rows -a values
    (($#values == 1)) || compstate[insert]='' compstate[list]=list
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _jobvault "$@"
else
    (($+functions[compdef])) || { autoload -Uz compinit && compinit }
    compdef _jobvault jobvault
fi
