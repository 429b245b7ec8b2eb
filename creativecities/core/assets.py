"""Static files named by their content, the modules they import included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Assets(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Also rewrites `import … from "./x.js"` in our own modules; a library's file is served as it came."""

    _IMPORT = r"""(?P<matched>import(?s:(?P<import>[\s\{].*?|\*\s*as\s*\w+))\s*from\s*['"](?P<url>[./].*?)["']\s*;)"""
    _IMPORT_LATER = r"""(?P<matched>import\(["'](?P<url>\./.*?)["']\))"""
    _OURS = ((_IMPORT, """import%(import)s from "%(url)s";"""), (_IMPORT_LATER, """import("%(url)s")"""))
    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("core/*.js", _OURS),
        ("conference/*.js", _OURS),
    )
