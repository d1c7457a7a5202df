/** What each shell reads once to have `guildnet` say what may come next. The words go in as they are, and lines come out: word, tabulator, meaning. */
export const shellScripts = {
  bash: String.raw`_guildnet() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    COMPREPLY+=("$(printf '%q' "${'$'}{line%%$'\t'*}")")
  done < <(guildnet __complete -- "${'$'}{COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _guildnet guildnet
`,
  zsh: String.raw`#compdef guildnet
_guildnet() {
  local -a candidates
  local line
  while IFS= read -r line; do
    candidates+=("${'$'}{${'$'}{line%%$'\t'*}//:/\\:}:${'$'}{line#*$'\t'}")
  done < <(guildnet __complete -- "${'$'}{(@)words[2,CURRENT]}" 2>/dev/null)
  if (( ${'$'}{#candidates} )); then
    _describe guildnet candidates
  else
    _files
  fi
}
if [[ "${'$'}{funcstack[1]}" == _guildnet ]]; then
  _guildnet "$@"
else
  compdef _guildnet guildnet
fi
`,
  fish: String.raw`function __guildnet_complete
  set -l words (commandline -opc)
  set -l current (commandline -ct)
  set -e words[1]
  guildnet __complete -- $words "$current" 2>/dev/null
end
complete -c guildnet -f -a '(__guildnet_complete)'
`,
} as const;

export const shells = Object.keys(shellScripts) as (keyof typeof shellScripts)[];
