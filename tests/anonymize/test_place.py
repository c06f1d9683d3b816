"""Folders that others see."""

import os

import pytest

from chatcode.anonymize.place import shared_because


@pytest.mark.parametrize(
    "name", ["OneDrive - Gemeente Waterstad/studie", "Dropbox", "SURFdrive/a/b", "exports", "exports/noord"]
)
def test_cloud_folders_and_the_folder_of_chats_are_shared(tmp_path, name):
    folder = tmp_path / name
    folder.mkdir(parents=True)
    assert shared_because(folder)


def test_a_folder_that_a_program_keeps_alike_elsewhere_is_shared(tmp_path):
    (tmp_path / ".stfolder").mkdir()
    (tmp_path / "studie").mkdir()
    assert "alike" in shared_because(tmp_path / "studie")


@pytest.mark.skipif(os.name != "posix", reason="rights of this kind are those of POSIX systems")
def test_a_folder_in_which_everybody_may_write_is_shared_but_a_common_temporary_one_is_not(tmp_path):
    folder = tmp_path / "open"
    folder.mkdir()
    folder.chmod(0o777)
    assert "everybody" in shared_because(folder)
    folder.chmod(0o1777)
    assert shared_because(folder) is None


def test_a_link_to_a_shared_folder_is_shared(tmp_path):
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "studie").symlink_to(tmp_path / "Dropbox")
    assert shared_because(tmp_path / "studie")


@pytest.mark.parametrize("name", ["studie", "onedriver", "box12", "mijn exports"])
def test_another_folder_is_not(tmp_path, name):
    (tmp_path / name).mkdir()
    assert shared_because(tmp_path / name) is None
