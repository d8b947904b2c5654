# jobvault: completion for PowerShell 7 and Windows PowerShell 5.1.
#
# Put this line into the file that $PROFILE names (notepad $PROFILE), then open a new window:
#
#   jobvault completion powershell | Out-String | Invoke-Expression
#
# Tab then goes through what fits; Ctrl+Space shows all of it.

Register-ArgumentCompleter -Native -CommandName jobvault -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $length = $cursorPosition - $commandAst.Extent.StartOffset
    $typed = $commandAst.ToString().PadRight($length).Substring(0, $length)
    $before = @{}
    foreach ($name in '_JOBVAULT_COMPLETE', 'COMP_LINE') {
        $before[$name] = [Environment]::GetEnvironmentVariable($name)
    }
    $encoding = [Console]::OutputEncoding
    try {
        [Console]::OutputEncoding = [System.Text.UTF8Encoding]::new($false)
        [Environment]::SetEnvironmentVariable('_JOBVAULT_COMPLETE', 'powershell_complete')
        [Environment]::SetEnvironmentVariable('COMP_LINE', $typed)
        $lines = @(& (Get-Command jobvault -CommandType Application -TotalCount 1) 2>$null)
    } finally {
        foreach ($name in $before.Keys) {
            [Environment]::SetEnvironmentVariable($name, $before[$name])
        }
        [Console]::OutputEncoding = $encoding
    }

    # Where nothing comes back, PowerShell offers files and folders of its own.
    if ($lines[0] -ne 'words') { return }
    foreach ($line in $lines | Select-Object -Skip 1) {
        $text, $shown, $help = $line -split "`t", 3
        if ($text) {
            [System.Management.Automation.CompletionResult]::new($text, $shown, 'ParameterValue', $help)
        }
    }
}
