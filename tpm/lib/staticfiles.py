"""Static files with a hash in their names, for ES modules too; and which modules a module needs."""

import functools
import posixpath
import re
from pathlib import Path

from django.contrib.staticfiles import finders
from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleManifestStorage(CompressedManifestStaticFilesStorage):
    """Rewrites ``import … from "./x.js"`` to the hashed names as well."""

    support_js_module_import_aggregation = True
    manifest_strict = True


_IMPORT = re.compile(r"""^(?:import|export)\b[^;"']*?["'](\.{1,2}/[^"']+)["']""", re.MULTILINE)


@functools.cache
def modules(entry: str) -> tuple[str, ...]:
    """Return the names of the modules that ``entry`` imports, at once or by others, so that a page can ask for all of them
    at the same time instead of finding them one behind the other."""
    found: dict[str, None] = {}
    waiting = [entry]
    while waiting:
        name = waiting.pop(0)
        path = finders.find(name)
        text = Path(path).read_text(encoding="utf-8") if path else ""
        for relative in _IMPORT.findall(text):
            module = posixpath.normpath(posixpath.join(posixpath.dirname(name), relative))
            if module not in found and module != entry:
                found[module] = None
                waiting.append(module)
    return tuple(found)
